#include "report/host_scaling_csv.h"

#include "record/csv.h"
#include "report/fields.h"
#include "report/host_scaling_text.h"
#include "statistics/median.h"

namespace runoff {
std::string host_scaling_csv(std::span<const HostCurve> curves, const Names& names) {
  std::string text = csv_line(CsvRow{"workload",  "parameters",   "backend",        "variant",
                                     "grows",     "workers",      "hosts",          "workers_by_host",
                                     "n",         "median_ns",    "gain",           "gain_low",
                                     "gain_high", "efficiency",   "efficiency_low", "efficiency_high",
                                     "added_ns",  "added_low_ns", "added_high_ns",  "label"});
  for (const HostCurve& curve : curves)
    for (const auto& point : curve.points) {
      const Cell& cell = *point.cell;
      CsvRow row{cell.problem.workload,
                 cell.problem.parameters,
                 cell.backend,
                 cell.variant,
                 curve.grows,
                 std::to_string(cell.workers),
                 whole(point.where->hosts.size()),
                 workers_by_host(*point.where, ";"),
                 whole(cell.wall.size()),
                 nanoseconds(median(cell.wall.values))};
      add_estimate(row, point.gain, six_digits);
      add_estimate(row, point.efficiency, six_digits);
      add_estimate(row, point.added_ns, nanoseconds);
      row.push_back(names.backend(cell.backend, cell.variant));
      text += csv_line(row);
    }
  return text;
}

}  // namespace runoff
