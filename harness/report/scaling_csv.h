#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "statistics/scaling.h"

namespace runoff {

/// scaling.csv: a row for each curve; see results/README.md.
std::string scaling_csv(std::span<const ScalingCurve> curves, const Names& names);

}  // namespace runoff
