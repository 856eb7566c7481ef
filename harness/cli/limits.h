#pragma once

#include <exception>
#include <string>

namespace runoff {

/// Throws MachineError where stacks may be so small (ulimit -s) that what runs ends in a crash.
void require_room_on_the_stack();

/// Of an exception that ends runoff, what it says, with what mends it where a limit was met.
std::string with_remedy(const std::exception& error);

}  // namespace runoff
