#pragma once

#include "cli/run_options.h"
#include "record/run_folder.h"
#include "run/sampling.h"

namespace runoff {

/// Says what came of a run, and returns runoff's exit status for it.
int finish(const RunOptions& options, const RunFolder& folder, const Plan& plan, const RunEnd& end);

}  // namespace runoff
