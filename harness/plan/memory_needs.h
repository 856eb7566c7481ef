#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "plan/choice.h"
#include "plan/planned_cell.h"

namespace runoff {

/// Bytes that one process with a workload of these parameters needs, by (workload, parameters).
using MemoryNeeds = std::map<std::pair<std::string, std::string>, std::int64_t>;

/// Asks the workloads; throws as `probe_workloads` does.
MemoryNeeds probe_memory(std::span<const ChosenWorkload> workloads, const std::filesystem::path& cell);

/// Throws UsageError for the first workload that does not fit into `available` bytes.
void require_memory(const MemoryNeeds& needs, std::int64_t available);

/// Why a cell does not fit into `available` bytes: each worker needs as much as its workload where workers
/// share no memory. Nothing where the cell fits.
std::optional<std::string> what_does_not_fit(const PlannedCell& cell, const BackendModule& backend,
                                             const MemoryNeeds& needs, std::int64_t available);

}  // namespace runoff
