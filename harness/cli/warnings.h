#pragma once

#include <string>
#include <vector>

#include "machine/machine.h"

namespace runoff {

/// What makes a measurement doubtful before it begins, and what to do about it.
std::vector<std::string> warnings_before(const Machine& machine);

}  // namespace runoff
