#pragma once

#include <span>
#include <string>
#include <vector>

#include "doctor/finding.h"
#include "machine/steering.h"

namespace runoff {

/// What makes a measurement doubtful before it begins, and what to do about it.
/// Of `findings` only what is bad: the rest is for `runoff doctor` to tell.
std::vector<std::string> warnings_before(const SteeringVariables& steering,
                                         std::span<const Finding> findings);

}  // namespace runoff
