#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/findings.h"

namespace runoff {

/// All that the page of a run shows: names, sentences, verdicts and figures as they were decided, and all
/// samples. Times are in ns, what is not known is left out.
nlohmann::ordered_json html_data(const LoadedRun& run, const Findings& findings, const Names& names);

}  // namespace runoff
