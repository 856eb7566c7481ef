#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "plan/plan.h"

namespace runoff {

/// What the names of the modules that put others to the test begin with; no other module can be called so.
inline constexpr const char* probe_prefix = "probe:";

/// Adds the modules below these folders, under names of their own.
void add_probes(Catalog& catalog, const Install& install);

/// How backends are checked that were named so: one that is named alone in every variant, and for each option
/// that is a number with another value than the default; "NAME:OPTION=VALUE" as it says.
std::vector<ChosenBackend> variants_to_check(const Catalog& catalog, const std::string& item);

/// Where a workload is checked: the values that it names itself, and a person's `settings` before those.
std::vector<ChosenWorkload> parameters_to_check(const Catalog& catalog, const WorkloadModule& workload,
                                                std::span<const std::string> settings);

/// One of the probes with these NAME=VALUE settings on these backends, each cell once.
std::vector<PlannedCell> probe_cells(const Catalog& catalog, const std::string& probe,
                                     std::span<const std::string> settings,
                                     std::span<const ChosenBackend> backends,
                                     std::span<const unsigned> workers);

/// As `make_cells`, each cell once: some variants differ only for workloads of another shape.
std::vector<PlannedCell> cells_to_check(std::span<const ChosenWorkload> workloads,
                                        std::span<const ChosenBackend> backends,
                                        std::span<const unsigned> workers);

}  // namespace runoff
