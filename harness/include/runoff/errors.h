#pragma once

#include <stdexcept>
#include <string>

// Exceptions cross from modules into the harness, so their types stay visible whatever a module's flags are.
#define RUNOFF_VISIBLE __attribute__((visibility("default")))

namespace runoff {

/// A backend has no natural way to run this workload, or not with these settings. The row says so; it is no
/// failure.
struct RUNOFF_VISIBLE Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A worker ended before its work did. The text says how: signal, exit code, out of memory.
struct RUNOFF_VISIBLE WorkerLost : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A task threw in another process; the text is its exception's.
struct RUNOFF_VISIBLE TaskFailed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A task waited longer than it may for what does not come, such as a lock in a deadlock. The text says which
/// worker waits for what. The row is `timeout`.
struct RUNOFF_VISIBLE TimedOut : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A task found that one of its inputs is not what it should be: the task ran too early, or the input was
/// lost or damaged on its way. The row is `wrong`.
struct RUNOFF_VISIBLE WrongInput : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A parameter has a value that it cannot have. The text names the parameter, the value and what would be
/// right.
struct RUNOFF_VISIBLE InvalidParameter : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace runoff
