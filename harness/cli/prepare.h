#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/hosts.h"
#include "cli/run_options.h"
#include "machine/machine.h"
#include "plan/choose_cells.h"
#include "plan/experiments.h"
#include "plan/memory_needs.h"
#include "plan/missing.h"

namespace runoff {

/// Everything that is decided before anything is measured. Its plan's cells name modules of its catalog.
struct Prepared {
  Install install;
  Catalog catalog;
  Machine machine;
  Plan plan;
  MemoryNeeds memory;
  std::map<std::string, std::string> launchers;  ///< by backend: commands in the place of their own
  std::vector<HostFacts> hosts;                  ///< that have workers, where --hosts names them
  std::vector<PlacedWorkers> placed;             ///< on them, for each number of workers of each backend
  std::optional<std::chrono::nanoseconds> budget;
  std::vector<Experiment> experiments;  ///< that it makes again
  std::vector<Missing> missing;         ///< what it would also measure if it were there
  bool uses_endpoint = false;           ///< some workload needs an HTTP server

  /// Why the cells with these numbers in the plan have no room in this machine's memory.
  std::map<std::size_t, std::string> without_room() const;
  /// Those that run, each once.
  std::vector<const BackendModule*> backends() const;
  std::vector<const WorkloadModule*> workloads() const;
};

/// What the plan's `modules` are, by the files as they are now.
std::map<std::string, std::string> module_hashes(const Prepared& run);

/// Throws MachineError where one of these files is no module that works.
void require_plugins(const Catalog& catalog, const std::vector<std::filesystem::path>& plugins);

/// The machine of this topology, its processors in the order in which workers are placed on them.
Machine placed_machine(Placement placement, const Topology& topology = Topology::of_this_machine());

/// The first half of it: what there is, and where workers are placed. Throws UsageError and MachineError.
Prepared look_around(const RunOptions& options);

/// The second half: a plan of these cells, with so many samples of each; 0: as many as settle what is asked.
/// Throws UsageError and MachineError.
void make_plan(ChosenCells chosen, unsigned samples, const RunOptions& options, const Pairs& variables,
               Prepared& run);

/// Reads and checks all of the command line. `variables` are the plan's. Throws UsageError and MachineError.
Prepared prepare(const RunOptions& options, const Pairs& variables);

}  // namespace runoff
