#pragma once

#include <sys/types.h>

#include <vector>

namespace runoff::cell {

/// The processes that this one and those after it have started and that live, as the kernel sees them.
std::vector<pid_t> descendants();

}  // namespace runoff::cell
