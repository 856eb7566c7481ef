#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>

#include "cli/prepare.h"
#include "doctor/finding.h"
#include "run/cell_request.h"

namespace runoff {

// What every command that measures tells of a run that is prepared.

/// How its cells are started.
CellSettings cell_settings(const Prepared& run, const RunOptions& options);

/// environment.json at its beginning. `cleared` are variables that cells are not given; `findings` the
/// doctor's.
nlohmann::ordered_json new_environment(const Prepared& run, const RunOptions& options, const Pairs& cleared,
                                       std::span<const Finding> findings);

}  // namespace runoff
