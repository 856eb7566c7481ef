#include "report/scaling_csv.h"

#include <fmt/format.h>

#include <cmath>
#include <tuple>

#include "record/csv.h"

namespace runoff {
namespace {

std::string finite(double value) { return std::isfinite(value) ? fmt::format("{:.6g}", value) : ""; }

void add(CsvRow& row, const Estimate* estimate) {
  for (const auto part : {&Estimate::value, &Estimate::low, &Estimate::high})
    row.push_back(estimate ? finite(estimate->*part) : "");
}

/// "2=0.0123;4=0.02": of each number of workers that has one.
std::string serial_fractions(const ScalingCurve& curve, double Estimate::*part) {
  std::string text;
  for (const auto& point : curve.points)
    if (point.serial_fraction)
      text += fmt::format("{}{}={}", text.empty() ? "" : ";", point.cell->workers,
                          finite((*point.serial_fraction).*part));
  return text;
}

}  // namespace

std::string scaling_csv(std::span<const ScalingCurve> curves, const Names& names) {
  std::string text = csv_line(CsvRow{"workload",
                                     "parameters",
                                     "backend",
                                     "variant",
                                     "enough",
                                     "enough_low",
                                     "enough_high",
                                     "serial_fractions",
                                     "serial_fractions_low",
                                     "serial_fractions_high",
                                     "amdahl_rate",
                                     "amdahl_serial",
                                     "amdahl_serial_low",
                                     "amdahl_serial_high",
                                     "usl_rate",
                                     "usl_contention",
                                     "usl_contention_low",
                                     "usl_contention_high",
                                     "usl_coherence",
                                     "usl_coherence_low",
                                     "usl_coherence_high",
                                     "usl_peak",
                                     "usl_peak_low",
                                     "usl_peak_high",
                                     "problem",
                                     "label",
                                     "amdahl_misses",
                                     "usl_misses"});
  for (const ScalingCurve& curve : curves) {
    const Cell& cell = *curve.points.front().cell;
    const auto& [amdahl, universal] = std::tie(curve.amdahl, curve.universal);
    CsvRow row{cell.problem.workload,
               cell.problem.parameters,
               cell.backend,
               cell.variant,
               std::to_string(curve.enough.value),
               std::to_string(curve.enough.low),
               curve.enough.high ? std::to_string(*curve.enough.high) : ""};
    for (const auto part : {&Estimate::value, &Estimate::low, &Estimate::high})
      row.push_back(serial_fractions(curve, part));
    row.push_back(amdahl ? finite(amdahl->law.rate) : "");
    add(row, amdahl ? &amdahl->contention : nullptr);
    row.push_back(universal ? finite(universal->law.rate) : "");
    add(row, universal ? &universal->contention : nullptr);
    add(row, universal ? &universal->coherence : nullptr);
    add(row, universal ? &universal->peak : nullptr);
    row.push_back(names.problem(cell.problem.workload, cell.problem.parameters));
    row.push_back(names.backend(cell.backend, cell.variant));
    for (const auto& fit : {amdahl, universal})
      row.push_back(fit && !fit->describes() ? finite(fit->misfit) : "");
    text += csv_line(row);
  }
  return text;
}

}  // namespace runoff
