#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace runoff {

/// What becomes of a name whose module is not there: an error where a person named it. A preset leaves it
/// out.
enum class Absent { is_an_error, is_left_out };

/// A backend in one variant.
struct ChosenBackend {
  const BackendModule* module = nullptr;
  std::string variant;  ///< canonical
};

/// Reads "NAME", "NAME:*" (all variants), "NAME:option=value:option=value" (';' separates options too), or
/// "*" in the place of NAME for all that are available; "-NAME" takes out what was chosen before. No backend
/// comes twice in the same variant. Throws UsageError. May be empty.
std::vector<ChosenBackend> choose_backends(const Catalog& catalog, std::span<const std::string> items,
                                           Absent absent);

/// Whether `items` name nothing but what they take out; so do none.
bool only_take_out(std::span<const std::string> items);

/// What is chosen where `usual` would be without a word of a person: `items`, which may only take out of it.
std::vector<std::string> instead_of(std::vector<std::string> usual, std::span<const std::string> items);

/// A workload with a value for each of its parameters.
struct ChosenWorkload {
  const WorkloadModule* module = nullptr;
  std::string parameters;                ///< canonical
  std::vector<std::string> swept_names;  ///< parameters that take several values in the run
};

/// Reads names of workloads, or "*" for all that are available, and "WORKLOAD.PARAMETER=VALUE[,VALUE…]"
/// settings. Of several settings of one parameter the last holds, and a person's hold before a preset's.
/// Settings of other workloads are passed over. Throws UsageError.
std::vector<ChosenWorkload> choose_workloads(const Catalog& catalog, std::span<const std::string> names,
                                             std::span<const std::string> preset_settings,
                                             std::span<const std::string> settings, Absent absent);

}  // namespace runoff
