#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "statistics/grain_curves.h"

namespace runoff {

/// The whole of metg.csv: a row for each curve. What is not known is empty.
std::string metg_csv(std::span<const GrainCurve> curves, const Names& names);

/// The whole of efficiency.csv: a row for each size of task of each curve that has a peak.
std::string efficiency_csv(std::span<const GrainCurve> curves, const Names& names);

}  // namespace runoff
