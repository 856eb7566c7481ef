#include "report/findings.h"

#include <algorithm>
#include <iterator>

namespace runoff {
namespace {

template <class Wanted>
std::vector<Cell> those_that(const std::vector<Cell>& cells, Wanted wanted) {
  std::vector<Cell> found;
  std::copy_if(cells.begin(), cells.end(), std::back_inserter(found), wanted);
  return found;
}

/// One that went wrong is no less wrong because it was to be left out.
bool is_left_out(const Cell& cell, const LoadedRun& run, const Names& names) {
  if (is_failure(cell.status) || cell.comparable()) return false;
  const std::string label = names.benchmark(cell.samples.front());
  return std::any_of(run.left_out.begin(), run.left_out.end(),
                     [&label](const Omission& left) { return left.cells.contains(label); });
}

}  // namespace

Findings::Findings(const LoadedRun& run, const Names& names)
    : precision(run.rules.precision),
      cells(gather_cells(run.samples, run.references)),
      compared(those_that(cells, [&](const Cell& cell) { return !is_left_out(cell, run, names); })),
      contested(those_that(compared, [](const Cell& cell) { return !is_priced(cell); })),
      summary(summarize(cells, run.rules)),
      contests(runoff::contests(contested, run.rules)),
      sweeps(parameter_sweeps(contested, run.rules)),
      curves(grain_curves(compared, run.grains, run.rules)),
      scaling(scaling_curves(contested, static_cast<unsigned>(run.machine.cores.value_or(0)), run.rules)),
      weak_scaling(weak_curves(contested)),
      host_scaling(host_curves(compared, weak_scaling, run.machine.places)),
      prices(price_list(compared, run.rules)) {
  for (const Sweep& sweep : sweeps)
    for (const Stop& stop : sweep.stops)
      for (const Placed& one : stop.placed) stops_.insert(one.cell->problem);
  std::vector<Sweep> more = concurrency_sweeps(contested, run.concurrency_options, run.rules);
  std::move(more.begin(), more.end(), std::back_inserter(sweeps));
  crossovers = runoff::crossovers(sweeps);
}

bool Findings::is_part_of_a_crossover(const Sweep& sweep) const {
  return std::any_of(crossovers.begin(), crossovers.end(),
                     [&sweep](const Crossover& map) { return covers(map, sweep); });
}

bool Findings::is_stop_of_a_sweep(const Contest& contest) const { return stops_.contains(*contest.problem); }

}  // namespace runoff
