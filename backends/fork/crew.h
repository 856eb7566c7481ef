#pragma once

#include <cstddef>
#include <functional>

#include "runoff/results.h"

/// Runs tasks in forked processes.
class Crew {
 public:
  /// Runs some of the tasks. Called by many processes at once; may throw.
  using Body = std::function<void(runoff::Range)>;

  virtual ~Crew() = default;
  /// Runs the body for every task and returns when all are finished. Throws TaskFailed with the text of the
  /// first exception that it threw, and WorkerLost when a process died.
  virtual void execute(std::size_t tasks) = 0;
  /// Throws WorkerLost when a process that should be there has ended. For a body that waits, on any thread of
  /// the process that called `execute`; but only the thread that called it finds out, and the others hear it
  /// from there.
  virtual void check() = 0;
};
