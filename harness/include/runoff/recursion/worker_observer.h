#pragma once

#include "runoff/errors.h"

namespace runoff {

/// Told once in each execution of a recursive workload for each worker that runs some of it, when that worker
/// gets its first task, on that worker.
class RUNOFF_VISIBLE WorkerObserver {
 public:
  virtual ~WorkerObserver() = default;
  virtual void worker_ran() noexcept = 0;
};

}  // namespace runoff
