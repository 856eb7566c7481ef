#pragma once

#include <string>

#include "report/findings.h"
#include "report/page.h"

namespace runoff {

/// What a person reads first: a sentence on each contest, sweep, question of task sizes and price, by
/// workload. A contest that a sweep goes through has none: what holds along the sweep says more.
std::string answers_text(const Findings& findings, const Names& names, const Page& page);

/// What the run left out, why, and how to have it: a line each.
std::string left_out_text(const LoadedRun& run, const Page& page);

}  // namespace runoff
