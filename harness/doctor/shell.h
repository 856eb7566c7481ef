#pragma once

#include "doctor/finding.h"
#include "machine/steering.h"

namespace runoff {

// What cells inherit from the shell that runoff is started in.

/// `nice`: the level of this process, and so of all cells.
Finding check_priority(int nice);
Finding check_variables(const SteeringVariables& variables);

}  // namespace runoff
