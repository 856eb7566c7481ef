#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "runoff/errors.h"
#include "runoff/results.h"
#include "runoff/scheduling/atomic.h"

namespace runoff {

/// How tasks that run as fibers wait for each other: meanwhile their threads run other fibers. After each
/// wait a fiber may be on another thread.
class RUNOFF_VISIBLE FiberWaits {
 public:
  virtual ~FiberWaits() = default;

  /// Lets other fibers go on first.
  virtual void give_way() = 0;

  /// Sleeps until the word is another than `expected`, which a `wake` tells it; false when that takes longer
  /// than `limit`.
  virtual bool wait(const Atomic<std::uint32_t>& word, std::uint32_t expected,
                    std::chrono::nanoseconds limit) = 0;
  /// Has those that wait look at their words again.
  virtual void wake() = 0;
};

/// The fiber form of a parallel loop: the same tasks, for runtimes of fibers. A workload whose tasks wait for
/// each other may derive from this as well, and return itself from `Independent::fibers`. Where there is
/// none, fibers run the tasks as threads do, and one that waits keeps its thread.
class RUNOFF_VISIBLE FiberForm {
 public:
  virtual ~FiberForm() = default;

  /// Runs one task, which writes its own slot. May throw.
  virtual void run_on_fiber(std::size_t task, Results results, FiberWaits& waits) const = 0;
};

}  // namespace runoff
