#pragma once

#include <mpi.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "gather.h"
#include "ranks.h"
#include "runoff/recursion/frontier.h"
#include "runoff/recursive.h"
#include "shared_counter.h"

namespace runoff::mpi {

/// Shares out the subtrees of a recursion among ranks. Each rank cuts the same ones by itself, so only counts
/// and results travel.
class Subtrees {
 public:
  Subtrees(const Recursive& work, const Ranks& ranks, unsigned workers);

  /// As `Gather` takes them: a slot for each subtree that there may be.
  const std::vector<Range>& numbers() const { return numbers_; }
  Results slots() const { return slots_; }

  /// By the rank that leads, before each execution.
  void reset() { counter_.reset(); }
  /// This rank's share of one execution.
  Report work();
  /// By the rank that leads, when the slots of all ranks have been gathered and no node threw.
  void join(Results results) const { frontier_->join(slots_, results); }

 private:
  const Recursive& work_;
  FrontierLimits limits_;
  SharedCounter counter_;
  std::vector<Range> numbers_;
  std::unique_ptr<std::max_align_t[]> memory_;  // touched only where slots are used
  Results slots_;
  std::unique_ptr<Frontier> frontier_;  // of this execution
};

}  // namespace runoff::mpi
