#include "report/weak_scaling_csv.h"

#include "record/csv.h"
#include "report/fields.h"
#include "statistics/median.h"

namespace runoff {
std::string weak_scaling_csv(std::span<const WeakCurve> curves, const Names& names) {
  std::string text = csv_line(CsvRow{"workload", "parameter", "backend", "variant", "workers", "parameters",
                                     "n", "median_ns", "speedup", "speedup_low", "speedup_high", "efficiency",
                                     "efficiency_low", "efficiency_high", "label"});
  for (const WeakCurve& curve : curves)
    for (const auto& point : curve.points) {
      const Cell& cell = *point.cell;
      CsvRow row{cell.problem.workload,
                 curve.parameter,
                 cell.backend,
                 cell.variant,
                 std::to_string(cell.workers),
                 cell.problem.parameters,
                 whole(cell.wall.size()),
                 nanoseconds(median(cell.wall.values))};
      add_estimate(row, point.speedup, six_digits);
      add_estimate(row, point.efficiency, six_digits);
      row.push_back(names.backend(cell.backend, cell.variant));
      text += csv_line(row);
    }
  return text;
}

}  // namespace runoff
