#pragma once

#include <cstddef>
#include <functional>

#include "runoff/scheduling/range.h"

/// Runs tasks on threads.
class Crew {
 public:
  /// Runs some of the tasks. Called by many threads at once; may throw.
  using Body = std::function<void(runoff::Range)>;

  virtual ~Crew() = default;
  /// Runs the body for every task and returns when all are finished; throws the first exception that it
  /// threw.
  virtual void execute(std::size_t tasks) = 0;
};
