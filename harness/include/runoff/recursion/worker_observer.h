#pragma once

#include "runoff/errors.h"

namespace runoff {

/// Told of the workers of a recursive workload, on the worker that it is about.
class RUNOFF_VISIBLE WorkerObserver {
 public:
  virtual ~WorkerObserver() = default;
  /// Once in each execution for each worker that runs some of it, when that worker gets its first task.
  virtual void worker_ran() noexcept = 0;

  /// Whether it wants to know when a worker of job stacks is at work: asked once in each execution of each.
  virtual bool wants_rests() noexcept { return false; }
  /// The worker has the root or a stolen job to work on; it has none, or waits for one that was stolen from
  /// it. By turns.
  virtual void works() noexcept {}
  virtual void rests() noexcept {}
};

}  // namespace runoff
