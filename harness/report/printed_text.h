#pragma once

#include <string>

#include "report/load.h"

namespace runoff {

/// What tasks, backends and runtimes printed in the samples of a run that went well, cell by cell; of the
/// others it stands beside the status.
std::string printed_text(const LoadedRun& run);

}  // namespace runoff
