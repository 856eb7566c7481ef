#pragma once

#include <cstddef>
#include <functional>

#include "runoff/scheduling/range.h"

/// Runs tasks in forked processes.
class Crew {
 public:
  /// Runs some of the tasks. Called by many processes at once; may throw.
  using Body = std::function<void(runoff::Range)>;

  virtual ~Crew() = default;
  /// Runs the body for every task and returns when all are finished. Throws the first exception that it
  /// threw, by its kind and text (see ProcessFailure), and WorkerLost when a process died.
  virtual void execute(std::size_t tasks) = 0;
  /// Throws WorkerLost when a process that should be there has ended. For a body that waits, on any thread of
  /// the process that called `execute`. Only the thread that called it finds out; it tells the others.
  virtual void check() = 0;
};
