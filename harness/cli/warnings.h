#pragma once

#include <string>
#include <vector>

#include "record/machine.h"

namespace runoff {

/// What makes a measurement doubtful before it begins, and what to do about it.
std::vector<std::string> warnings_before(const Machine& machine);

}  // namespace runoff
