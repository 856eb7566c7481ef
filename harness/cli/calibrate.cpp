#include "cli/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "cli/measuring.h"
#include "process/interruption.h"
#include "run/sampling.h"
#include "statistics/cells.h"
#include "support/errors.h"
#include "support/standard_streams.h"

namespace runoff {
namespace {

constexpr unsigned calibrating_samples = 5;

/// Whether tasks take as long beside their steps.
bool are_alike_beside(const Description& a, const Description& b) {
  return std::tuple(a.payload, a.memory, a.depends, a.width) ==
         std::tuple(b.payload, b.memory, b.depends, b.width);
}

/// The cell of a selection that makes one.
const PlannedCell& only_cell(const ChosenCells& chosen) { return chosen.cells.front(); }

/// How long the cell of a selection takes at least, by the clock or by its processor time, as its one worker
/// never waits: what is more, others took.
double time_of(const PlannedCell& planned, std::span<const Cell> measured) {
  const auto found = std::find_if(measured.begin(), measured.end(), [&planned](const Cell& cell) {
    return cell.problem.workload == planned.workload && cell.problem.parameters == planned.parameters;
  });
  if (found == measured.end() || found->status != Status::ok || found->wall.size() == 0)
    throw MachineError(fmt::format("how much work takes the described time cannot be measured: {}: {}",
                                   planned.label,
                                   found == measured.end() ? "no sample" : found->samples.front().detail));
  double least = *std::min_element(found->wall.values.begin(), found->wall.values.end());
  for (const Sample& sample : found->samples)
    if (sample.cpu_ns && *sample.cpu_ns > 0) least = std::min(least, static_cast<double>(*sample.cpu_ns));
  return least;
}

}  // namespace

std::optional<std::vector<Calibration>> calibrate(const Prepared& around, const RunOptions& options,
                                                  std::span<const Description> descriptions) {
  std::vector<Selection> selections{selection_of_steps()};
  std::vector<const Description*> beside;
  for (const Description& one : descriptions) {
    const auto alike = [&one](const Description* other) { return are_alike_beside(one, *other); };
    if (std::any_of(beside.begin(), beside.end(), alike)) continue;
    beside.push_back(&one);
    selections.push_back(selection_beside(one));
  }
  const ChoiceRules rules{.cores = around.machine.cores};
  Prepared run = around;
  run.plan = {.cells = choose_cells(run.catalog, selections, {}, rules).cells,
              .samples = calibrating_samples,
              .seed = options.seed,
              .placement = options.placed()};
  if (!options.quiet) say("measuring how much work takes the described time ...\n");
  Interruption::install();
  CellsAtWork cells(run, options);
  std::vector<Sample> samples;
  Sampling sampling(run.plan, "calibration", cells.runner(), Budget(std::nullopt),
                    {.sample = [&samples](const Sample& sample) { samples.push_back(sample); },
                     .progress = [](const Progress&) {},
                     .left_out = [](const LeftOut&) {}});
  if (sampling.run().interrupted) return std::nullopt;
  const std::vector<Cell> measured = gather_cells(samples);
  std::vector<double> times;
  for (const Selection& one : selections)
    times.push_back(time_of(only_cell(choose_cells(run.catalog, {&one, 1}, {}, rules)), measured));
  std::vector<Calibration> found;
  for (const Description& one : descriptions) {
    const auto alike = std::find_if(beside.begin(), beside.end(), [&one](const Description* other) {
      return are_alike_beside(one, *other);
    });
    found.push_back({steps_per_ms(times.front()),
                     beside_ns(**alike, times[1 + static_cast<std::size_t>(alike - beside.begin())])});
  }
  return found;
}

}  // namespace runoff
