#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/html_cells.h"

namespace runoff {

/// The published experiments that the run made again, each row with the place of its cell; empty where there
/// is none.
nlohmann::ordered_json html_experiments(const LoadedRun& run, const Findings& findings, const Names& names,
                                        const HtmlPlaces& places);

}  // namespace runoff
