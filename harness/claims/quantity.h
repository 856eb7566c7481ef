#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/sample.h"
#include "statistics/cells.h"

namespace runoff {

/// What claims may compare: columns of samples.csv that are numbers, and `once_ns`: what it takes to make the
/// workers, use them once and let go of them, which is startup_ns + cold_ns.
std::vector<std::string> quantity_names();

/// The quantity in the samples that are ok and that nothing disturbed: an answer is to be about this machine,
/// and not about what else ran on it. `lost` in all that say it: a lost worker's sample is none that is ok,
/// and what is lost is no matter of time.
Series series_of(const Cell& cell, std::string_view quantity);

}  // namespace runoff
