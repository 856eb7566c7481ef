#include "report/metg_csv.h"

#include <fmt/format.h>

#include <cmath>

#include "record/csv.h"
#include "report/fields.h"

namespace runoff {
namespace {

CsvRow cell_of(const GrainCurve& curve) {
  return {curve.workload, curve.parameters, curve.backend, curve.variant, std::to_string(curve.workers)};
}

void add_names(CsvRow& row, const GrainCurve& curve, const Names& names) {
  row.insert(row.end(),
             {names.problem(curve.workload, curve.parameters), names.backend(curve.backend, curve.variant)});
}

/// Empty where there is no such number. Tenths: of the shortest tasks a whole nanosecond is a part that
/// shows.
std::string tenths(double value) { return std::isfinite(value) ? fmt::format("{:.1f}", value) : ""; }

}  // namespace

std::string metg_csv(std::span<const GrainCurve> curves, const Names& names) {
  std::string text = csv_line(CsvRow{"workload", "parameters", "backend", "variant", "workers", "peak",
                                     "metg_ns", "metg_low_ns", "metg_high_ns", "problem", "label"});
  for (const GrainCurve& curve : curves) {
    CsvRow row = cell_of(curve);
    row.push_back(field(curve.peak, tenths));
    add_estimate(row, curve.metg, tenths);
    add_names(row, curve, names);
    text += csv_line(row);
  }
  return text;
}

std::string efficiency_csv(std::span<const GrainCurve> curves, const Names& names) {
  std::string text = csv_line(CsvRow{"workload", "parameters", "backend", "variant", "workers", "grain",
                                     "granularity_ns", "efficiency", "problem", "label"});
  for (const GrainCurve& curve : curves)
    for (const Efficiency& point : curve.curve) {
      CsvRow row = cell_of(curve);
      row.insert(row.end(), {fmt::format("{:.15g}", point.work), tenths(point.granularity_ns),
                             fmt::format("{:.6f}", point.share)});
      add_names(row, curve, names);
      text += csv_line(row);
    }
  return text;
}

}  // namespace runoff
