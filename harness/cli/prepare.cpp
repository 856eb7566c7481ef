#include "cli/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "catalog/find_launchers.h"
#include "catalog/hash.h"
#include "catalog/plugins.h"
#include "cli/python.h"
#include "cli/several_hosts.h"
#include "doctor/finding.h"
#include "machine/allowed_cpus.h"
#include "plan/choose_cells.h"
#include "plan/find_module.h"
#include "plan/parts.h"
#include "run/endpoint_url.h"
#include "support/errors.h"
#include "support/memory_file.h"

namespace runoff {
namespace {

/// A launcher that no backend uses would quietly not be what was asked for.
void require_launched(const Catalog& catalog, const std::map<std::string, std::string>& launchers) {
  for (const auto& [name, command] : launchers) {
    const BackendModule* found = module_named(catalog.backends, name);
    if (found == nullptr) find_module(catalog.backends, name, "backend", Absent::is_an_error);
    if (found->available && found->launcher.empty())
      throw UsageError(
          fmt::format("--launcher {}={}: this backend makes its workers by itself", name, command));
  }
}

/// The server that --endpoint names, or nothing.
void prepare_endpoint(const RunOptions& options, std::span<const ChosenWorkload> workloads, Prepared& run) {
  run.uses_endpoint = std::any_of(workloads.begin(), workloads.end(),
                                  [](const ChosenWorkload& one) { return one.module->endpoint; });
  if (options.endpoint.empty()) return;
  const EndpointUrl url = parse_endpoint_url(options.endpoint);
  if (!run.uses_endpoint)
    throw UsageError("--endpoint: no workload of this run fetches from a server; leave it out");
  if (!options.dry_run) require_reachable(url);
  run.plan.endpoint = url.text;
}

}  // namespace

std::map<std::size_t, std::string> Prepared::without_room() const {
  std::map<std::size_t, std::string> reasons;
  for (std::size_t i = 0; i < plan.cells.size(); ++i) {
    const BackendModule& backend = *module_named(catalog.backends, plan.cells[i].backend);
    if (auto why = what_does_not_fit(plan.cells[i], backend, memory, machine.memory_available))
      reasons[i] = std::move(*why);
  }
  return reasons;
}

std::vector<const BackendModule*> Prepared::backends() const {
  std::vector<const BackendModule*> used;
  for (const auto& backend : catalog.backends)
    if (std::any_of(plan.cells.begin(), plan.cells.end(),
                    [&backend](const PlannedCell& cell) { return cell.backend == backend.name; }))
      used.push_back(&backend);
  return used;
}

std::vector<const WorkloadModule*> Prepared::workloads() const {
  std::vector<const WorkloadModule*> used;
  for (const auto& workload : catalog.workloads)
    if (std::any_of(plan.cells.begin(), plan.cells.end(),
                    [&workload](const PlannedCell& cell) { return cell.workload == workload.name; }))
      used.push_back(&workload);
  return used;
}

/// Those that parameters name.
std::set<std::string> files_read(const Prepared& run) {
  std::set<std::string> files;
  for (const PlannedCell& cell : run.plan.cells)
    for (const Parameter& known : module_named(run.catalog.workloads, cell.workload)->parameters)
      for (const auto& [name, value] : parse_pairs(cell.parameters))
        if (known.names_file && known.name == name && !value.empty()) files.insert(value);
  return files;
}

std::map<std::string, std::string> module_hashes(const Prepared& run) {
  std::map<std::string, std::string> hashes{{"runoff-cell", hash_of(run.install.cell())}};
  for (const auto* backend : run.backends()) hashes["backend " + backend->name] = hash_of(backend->file);
  for (const auto* workload : run.workloads())
    for (const auto* backend : run.backends())
      if (const auto [of, is_new] = hashes.try_emplace("workload " + workload->name_for(*backend)); is_new)
        of->second = hash_of(workload->file_for(*backend));
  for (const std::string& file : files_read(run)) hashes["file " + file] = hash_of(file);
  return hashes;
}

void require_plugins(const Catalog& catalog, const std::vector<std::filesystem::path>& plugins) {
  const auto check = [&plugins](const ModuleFacts& module) {
    for (const auto& plugin : plugins)
      if (!module.available && module.file == std::filesystem::absolute(plugin))
        throw MachineError(fmt::format("plug-in {}: {}", plugin.string(), module.reason));
  };
  for (const auto& module : catalog.backends) check(module);
  for (const auto& module : catalog.workloads) check(module);
}

Machine placed_machine(Placement placement, const Topology& topology) {
  Machine machine = look_at(topology);
  if (placement != Placement::free && machine.here) require_choice_of_cpus();
  if (placement == Placement::spread) machine.cpus = topology.far_apart(machine.cpus);
  if (placement == Placement::compact) machine.cpus = topology.close_together(machine.cpus);
  machine.boundaries = boundaries_up_to(machine.cores, placement == Placement::free
                                                           ? boundaries_without_places(topology, machine.cpus)
                                                           : boundaries_of(topology, machine.cpus));
  return machine;
}

Prepared look_around(const RunOptions& options) {
  Prepared run;
  run.install = find_install();
  run.catalog = find_catalog(run.install, all_plugins(options.plugins));
  find_launchers(run.catalog, options.launcher_commands());
  run.machine = options.dry_run ? placed_machine(options.placed(), Topology::of_told_machine())
                                : placed_machine(options.placed());
  require_plugins(run.catalog, options.plugins);
  require_launched(run.catalog, options.launcher_commands());
  run.launchers = launchers_of(run.catalog, options);
  return run;
}

void make_plan(ChosenCells chosen, unsigned samples, const RunOptions& options, const Pairs& variables,
               Prepared& run) {
  run.memory = probe_memory(chosen.workloads, run.install.cell());
  const bool huge_pages = !options.small_pages && has_huge_pages();
  if (options.huge_pages && !huge_pages)
    throw MachineError(
        "--huge-pages: this kernel gives cells none: neither a memory file system of their own nor a user "
        "namespace to mount one in; " +
        to_write("advise", "/sys/kernel/mm/transparent_hugepage/shmem_enabled") + " allows them");
  run.plan = {.cells = std::move(chosen.cells),
              .samples = samples,
              .precision = options.tie_precision(),
              .seed = options.seed,
              .placement = options.placed(),
              .huge_pages = huge_pages,
              // Where memory is nearer to some cores than to others, each cell is to place its pages itself,
              // by touching them first.
              .lent_pages = huge_pages && run.machine.memory_nodes == 1,
              // Processes on other hosts cannot be stopped from here.
              .turns = !options.one_by_one && options.hosts.empty(),
              .variables = variables};
  if (run.plan.samples == 0) {
    run.plan.looks.assign(usual_looks.begin(), usual_looks.end());
    run.plan.samples = run.plan.looks.back();
  }
  run.plan.modules = module_hashes(run);
  prepare_endpoint(options, chosen.workloads, run);
  run.placed = place_on_hosts(run, options);
  run.hosts = all_hosts(run.placed);
}

Prepared prepare(const RunOptions& given, const Pairs& variables) {
  Prepared run = look_around(given);
  const RunOptions options = with_python(given, run.catalog);
  const Selected selected = select(options, find_presets(run.install.presets()));
  run.budget = selected.budget;
  if (selected.backends_from_preset)  // for the names that are taken out alone
    choose_backends(run.catalog, options.backends, Absent::is_an_error);
  const auto of = [](bool preset) { return preset ? Absent::is_left_out : Absent::is_an_error; };
  const ChoiceRules rules{.workloads = of(selected.workloads_from_preset),
                          .backends = of(selected.backends_from_preset),
                          .cores = run.machine.cores,
                          .boundaries = run.machine.boundaries};
  run.missing = missing_modules(run.catalog, selected.selections);
  ChosenCells chosen = choose_cells(run.catalog, selected.selections, options.set, rules);
  number_parts(chosen.cells, run.machine.cores);
  run.experiments = find_experiments(run.catalog, selected.selections, options.set, rules, chosen.cells);
  make_plan(std::move(chosen), selected.samples, options, variables, run);
  // Of what a preset chose, only those cells are left out that do not fit.
  if (!selected.workloads_from_preset || !options.set.empty())
    require_memory(run.memory, run.machine.memory_available);
  return run;
}

}  // namespace runoff
