#include "report/weak_scaling_csv.h"

#include <fmt/format.h>

#include "record/csv.h"
#include "statistics/median.h"

namespace runoff {
namespace {

void add(CsvRow& row, const std::optional<Estimate>& estimate) {
  for (const auto part : {&Estimate::value, &Estimate::low, &Estimate::high})
    row.push_back(estimate ? fmt::format("{:.6g}", (*estimate).*part) : "");
}

}  // namespace

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
                 std::to_string(cell.wall.size()),
                 fmt::format("{:.0f}", median(cell.wall.values))};
      add(row, point.speedup);
      add(row, point.efficiency);
      row.push_back(names.backend(cell.backend, cell.variant));
      text += csv_line(row);
    }
  return text;
}

}  // namespace runoff
