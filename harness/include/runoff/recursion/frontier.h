#pragma once

#include <algorithm>
#include <cstddef>

#include "runoff/errors.h"
#include "runoff/memory.h"
#include "runoff/results.h"

namespace runoff {

/// A recursion, cut into its upper part and the subtrees below, for workers that share no job stacks: such a
/// worker cannot steal, so it takes whole subtrees. Made by `Recursive::frontier`, for one execution;
/// every process that makes it gets the same subtrees in the same order, so their numbers are all that
/// travels. For one thread at a time.
class RUNOFF_VISIBLE Frontier {
 public:
  virtual ~Frontier() = default;

  /// At least one, the larger ones rather first.
  virtual std::size_t subtrees() const = 0;

  /// Solves one subtree by plain recursion; its result goes into the slot of its number, which has the layout
  /// of the workload's result. Throws what a node throws.
  virtual void solve(std::size_t subtree, Results slots) = 0;

  /// When every slot has its result: solves the upper part and writes the root's.
  virtual void join(Results slots, Results results) const = 0;
};

/// How finely a recursion is cut.
struct FrontierLimits {
  std::size_t enough;  ///< go on until there are so many subtrees
  std::size_t most;    ///< but never to more than so many

  /// Enough for uneven subtrees to even out over the workers; few enough for all slots to fit 64 MiB.
  static FrontierLimits for_workers(unsigned workers, ResultLayout result) {
    const std::size_t fit = (std::size_t{64} << 20) / std::max<std::size_t>(result.size, cache_line);
    const std::size_t most = std::clamp<std::size_t>(fit, 1, std::size_t{1} << 16);
    return {std::min(std::size_t{32} * workers, most), most};
  }
};

}  // namespace runoff
