#pragma once

#include <string>

#include "report/setup.h"
#include "statistics/cells.h"

namespace runoff {

/// The command, for a shell, that measures this cell alone once more, as often and in the same way as the run
/// that `setup` tells of: with its plug-ins, launchers, server, placement and time limit.
std::string repeat_command(const Cell& cell, const RunSetup& setup);

}  // namespace runoff
