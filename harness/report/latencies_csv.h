#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "report/names.h"
#include "statistics/latency_curves.h"

namespace runoff {

/// The rows of a run's latencies.csv; none where there is no such file. A last row that is cut short is left
/// out. Throws ReportError, and MachineError where it cannot be read.
std::vector<Latency> read_latencies(const std::filesystem::path& file);

/// The whole of latency_curves.csv: a row for each share of each curve.
std::string latency_curves_csv(std::span<const LatencyCurve> curves, const Names& names);

}  // namespace runoff
