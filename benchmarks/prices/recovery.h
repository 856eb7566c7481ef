#pragma once

#include <string>

namespace prices {

/// Nanoseconds of what follows when a worker process is killed in the middle of an execution.
struct Recovery {
  double told;      ///< from the kill until the execution throws WorkerLost
  double replaced;  ///< from there until a new backend has run an execution
};

/// Of a backend whose workers are forked processes. Throws std::runtime_error where nothing was lost.
Recovery recover(const std::string& module, unsigned workers);

}  // namespace prices
