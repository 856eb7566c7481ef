#pragma once

#include <set>
#include <vector>

#include "report/crossovers.h"
#include "report/load.h"
#include "report/names.h"
#include "statistics/grain_curves.h"
#include "statistics/host_scaling.h"
#include "statistics/prices.h"
#include "statistics/scaling.h"
#include "statistics/summary.h"
#include "statistics/sweeps.h"
#include "statistics/weak_scaling.h"

namespace runoff {

/// All that is decided about a run. What is printed, written and drawn tells it and decides nothing.
struct Findings {
  Findings(const LoadedRun& run, const Names& names);
  Findings(const Findings&) = delete;
  Findings& operator=(const Findings&) = delete;

  double precision;                 ///< that verdicts go by
  std::vector<Cell> cells;          ///< all of the run
  std::vector<Cell> compared;       ///< without those that the run left out before they had samples enough
  std::vector<Cell> contested;      ///< of these the ones that are no prices
  std::vector<SummaryRow> summary;  ///< of all cells
  std::vector<Contest> contests;
  std::vector<Sweep> sweeps;
  std::vector<Crossover> crossovers;  ///< of the sweeps
  std::vector<GrainCurve> curves;
  std::vector<ScalingCurve> scaling;
  std::vector<WeakCurve> weak_scaling;
  std::vector<HostCurve> host_scaling;  ///< of those and of single problems, where there are several hosts
  std::vector<PriceRow> prices;

  /// Whether a sweep goes through this contest's problem: the sweep's sentence then speaks for it.
  bool is_stop_of_a_sweep(const Contest& contest) const;
  /// Whether a map over two things holds all that this sweep does: the map's sentence then speaks for it.
  bool is_part_of_a_crossover(const Sweep& sweep) const;

 private:
  std::set<Problem> stops_;
};

}  // namespace runoff
