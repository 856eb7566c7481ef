#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/module.h"

namespace runoff {

/// A sentence for each kind of difference in how these modules were compiled that makes it unfair to compare
/// them. Nothing where all were compiled alike, for good or ill.
std::vector<std::string> unequal_terms(std::span<const BackendModule* const> backends,
                                       std::span<const WorkloadModule* const> workloads);

}  // namespace runoff
