#pragma once

#include <vector>

namespace runoff {

/// The logical processors that this process may run on. Throws MachineError where the system does not say.
std::vector<int> allowed_cpus();

/// Throws MachineError where this process may not choose among them, as a filter of system calls may have it.
void require_choice_of_cpus();

}  // namespace runoff
