#pragma once

#include <sys/types.h>

#include <span>
#include <vector>

namespace runoff {

/// Stops a process and all that it started (SIGSTOP), parents first, so that none starts more meanwhile.
/// Returns them. Reads the kernel's lists of children, which takes microseconds for each thread.
std::vector<pid_t> hold(pid_t process);

/// Lets them go on.
void let_go_on(std::span<const pid_t> held);

}  // namespace runoff
