#include "cli/planted_cells.h"

#include "cli/measuring.h"
#include "plan/choose_cells.h"
#include "plan/memory_needs.h"
#include "process/interruption.h"
#include "run/cell_runner.h"
#include "run/sampling.h"
#include "support/errors.h"

namespace runoff {
namespace {

constexpr std::chrono::seconds limit_of_a_sample{30};

std::vector<std::filesystem::path> module_of(const Install& install) {
  const auto file = install.workloads.parent_path() / "selftest" / "backends" / "planted.so";
  if (!std::filesystem::exists(file))
    throw MachineError("there is no " + file.string() + ": build all of runoff, or install it anew");
  return {file};
}

}  // namespace

PlantedCells::PlantedCells()
    : install_(find_install()),
      machine_(look_at_machine()),
      catalog_(find_catalog(install_, module_of(install_))) {
  Interruption::install();
}

std::vector<Sample> PlantedCells::measure(const std::vector<std::string>& backends, unsigned samples,
                                          std::uint64_t seed) const {
  const std::vector<Selection> selections{
      {.workloads = {"primes"}, .backends = backends, .workers = {"1"}, .set = {"primes.n=100000"}}};
  ChosenCells chosen = choose_cells(
      catalog_, selections, {},
      {.workloads = Absent::is_an_error, .backends = Absent::is_an_error, .cores = machine_.cores});
  const Plan plan{.cells = std::move(chosen.cells), .samples = samples, .seed = seed};
  Launcher launcher(install_.launcher());
  CellRunner runner(plan, catalog_,
                    {.cell = install_.cell(),
                     .cpus = machine_.cpus,
                     .timeout = limit_of_a_sample,
                     .memory = probe_memory(chosen.workloads, install_.cell()),
                     .for_turns = room_for_turns(machine_)},
                    launcher);
  std::vector<Sample> taken;
  Sampling sampling(plan, "selftest", runner, Budget(std::nullopt),
                    {.sample = [&taken](const Sample& sample) { taken.push_back(sample); },
                     .progress = [](const Progress&) {},
                     .left_out = [](const LeftOut&) {}});
  if (sampling.run().interrupted) throw Interrupted();
  return taken;
}

}  // namespace runoff
