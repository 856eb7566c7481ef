#pragma once

#include <vector>

#include "doctor/finding.h"
#include "machine/machine.h"

namespace runoff {

/// All checks that start no program and take a few milliseconds, so that a run can have them made, too.
std::vector<Finding> examine_at_rest(const Machine& machine);

}  // namespace runoff
