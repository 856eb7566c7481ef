#pragma once

#include <sys/types.h>

#include <vector>

namespace runoff {

/// The threads of a process; none where it has ended.
std::vector<pid_t> threads_of(pid_t process);

/// The children of a process that live, from the lists that the kernel keeps for each thread.
std::vector<pid_t> children_of(pid_t process);

}  // namespace runoff
