#pragma once

#include <string>
#include <vector>

#include "machine/machine.h"
#include "machine/steering.h"

namespace runoff {

/// What makes a measurement doubtful before it begins, and what to do about it.
std::vector<std::string> warnings_before(const Machine& machine, const SteeringVariables& steering);

}  // namespace runoff
