#include "check/cells.h"

#include <algorithm>

namespace runoff {
namespace {

/// A value of a number that is worth a variant of its own.
constexpr const char* another_number = "3";

bool takes(const Parameter& option, const std::string& value) {
  try {
    option.parse(value);
    return true;
  } catch (const InvalidParameter&) {
    return false;
  }
}

}  // namespace

void add_probes(Catalog& catalog, const Install& install) {
  Install probes = install;
  probes.backends = install.probes() / "backends";
  probes.workloads = install.probes() / "workloads";
  Catalog found = find_catalog(probes, {});
  for (BackendModule& one : found.backends) {
    one.name.insert(0, probe_prefix);
    catalog.backends.push_back(std::move(one));
  }
  for (WorkloadModule& one : found.workloads) {
    one.name.insert(0, probe_prefix);
    catalog.workloads.push_back(std::move(one));
  }
}

std::vector<ChosenBackend> variants_to_check(const Catalog& catalog, const std::string& item) {
  if (item.find_first_of(":;") != item.npos)
    return choose_backends(catalog, std::vector{item}, Absent::is_an_error);
  std::vector<std::string> items{item + ":*"};
  if (const BackendModule* const backend = module_named(catalog.backends, item))
    for (const Parameter& option : backend->options)
      if (option.unit == Unit::count && !option.with && takes(option, another_number))
        items.push_back(item + ":" + option.name + "=" + another_number);
  return choose_backends(catalog, items, Absent::is_an_error);
}

std::vector<ChosenWorkload> parameters_to_check(const Catalog& catalog, const WorkloadModule& workload,
                                                std::span<const std::string> settings) {
  std::vector<std::string> own;
  for (const std::string& setting : workload.checked_at) own.push_back(workload.name + "." + setting);
  return choose_workloads(catalog, std::vector{workload.name}, own, settings, Absent::is_an_error);
}

std::vector<PlannedCell> cells_to_check(std::span<const ChosenWorkload> workloads,
                                        std::span<const ChosenBackend> backends,
                                        std::span<const unsigned> workers) {
  std::vector<PlannedCell> cells;
  for (PlannedCell& cell : make_cells(workloads, backends, workers))
    if (std::none_of(cells.begin(), cells.end(),
                     [&cell](const PlannedCell& other) { return is_same_point(cell, other); }))
      cells.push_back(std::move(cell));
  return cells;
}

std::vector<PlannedCell> probe_cells(const Catalog& catalog, const std::string& probe,
                                     std::span<const std::string> settings,
                                     std::span<const ChosenBackend> backends,
                                     std::span<const unsigned> workers) {
  const std::string name = probe_prefix + probe;
  std::vector<std::string> own;
  for (const std::string& setting : settings) own.push_back(name + "." + setting);
  const auto workloads = choose_workloads(catalog, std::vector{name}, {}, own, Absent::is_an_error);
  return cells_to_check(workloads, backends, workers);
}

}  // namespace runoff
