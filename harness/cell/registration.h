#pragma once

#include "cell/module.h"

namespace runoff::cell {

// Throw ModuleError where a module says of itself what the command line or the CSV cannot name, or what
// cannot be.
void require_sound(const WorkloadPlugin& plugin);
void require_sound(const BackendPlugin& plugin);

}  // namespace runoff::cell
