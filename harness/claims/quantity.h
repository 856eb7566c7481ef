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

/// The quantity in the samples that are ok; `lost` in all that say it, since a lost worker's sample is none.
Series series_of(const Cell& cell, std::string_view quantity);

}  // namespace runoff
