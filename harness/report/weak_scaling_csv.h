#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "statistics/weak_scaling.h"

namespace runoff {

/// weak_scaling.csv: a row for each number of workers of each curve; see results/README.md.
std::string weak_scaling_csv(std::span<const WeakCurve> curves, const Names& names);

}  // namespace runoff
