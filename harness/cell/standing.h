#pragma once

#include <sched.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace runoff::cell {

/// What the system gives a thread: where it may run, and how it stands against other threads. A backend that
/// changed it would be compared under other rules than the rest.
struct Standing {
  cpu_set_t cores;
  int nice;
  int policy;
  int priority;
  std::uint64_t floats;  ///< float_mode.h; of the caller, whichever thread was asked for

  /// Of a thread, by its number; of the caller, by 0. Nothing where there is no such thread.
  static std::optional<Standing> of(pid_t thread);
};

/// What a thread's standing is that it should not be, in words; empty where it is as it should be.
std::string difference(const Standing& now, const Standing& should);

}  // namespace runoff::cell
