#pragma once

#include <sys/types.h>

#include <span>
#include <string>

namespace runoff {

/// What the threads of these processes are at, watched for a tenth of a second: "all 3 threads of 2 processes
/// wait and use no processor time: 2 in futex, 1 in read", or "2 of 3 threads run". Empty where the kernel
/// tells nothing.
std::string what_they_do(std::span<const pid_t> processes);

}  // namespace runoff
