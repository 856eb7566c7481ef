#pragma once

#include <chrono>
#include <vector>

#include "doctor/finding.h"
#include "machine/machine.h"

namespace runoff {

/// All checks that start no program and take a few milliseconds, so that a run can have them made, too.
std::vector<Finding> examine_at_rest(const Machine& machine);

/// The same, after others were watched for so long: what they use of the processors, and what the host takes.
/// To be asked before this program starts others.
std::vector<Finding> examine_with_load(const Machine& machine, std::chrono::milliseconds time);

}  // namespace runoff
