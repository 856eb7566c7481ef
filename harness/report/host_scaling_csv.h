#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "statistics/host_scaling.h"

namespace runoff {

/// host_scaling.csv: a row for each number of workers of each curve; see results/README.md.
std::string host_scaling_csv(std::span<const HostCurve> curves, const Names& names);

}  // namespace runoff
