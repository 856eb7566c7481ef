#include "report/scaling_csv.h"

#include <fmt/format.h>

#include <tuple>

#include "record/csv.h"
#include "report/fields.h"

namespace runoff {
namespace {

std::optional<Estimate> part_of(const std::optional<ScalingFit>& fit, Estimate ScalingFit::*part) {
  return fit ? std::optional((*fit).*part) : std::nullopt;
}

/// "2=0.0123;4=0.02": of each number of workers that has one.
std::string serial_fractions(const ScalingCurve& curve, double Estimate::*part) {
  std::string text;
  for (const auto& point : curve.points)
    if (point.serial_fraction)
      text += fmt::format("{}{}={}", text.empty() ? "" : ";", point.cell->workers,
                          six_digits((*point.serial_fraction).*part));
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
    row.push_back(amdahl ? six_digits(amdahl->law.rate) : "");
    add_estimate(row, part_of(amdahl, &ScalingFit::contention), six_digits);
    row.push_back(universal ? six_digits(universal->law.rate) : "");
    add_estimate(row, part_of(universal, &ScalingFit::contention), six_digits);
    add_estimate(row, part_of(universal, &ScalingFit::coherence), six_digits);
    add_estimate(row, part_of(universal, &ScalingFit::peak), six_digits);
    row.push_back(names.problem(cell.problem.workload, cell.problem.parameters));
    row.push_back(names.backend(cell.backend, cell.variant));
    for (const auto& fit : {amdahl, universal})
      row.push_back(fit && !fit->describes() ? six_digits(fit->misfit) : "");
    text += csv_line(row);
  }
  return text;
}

}  // namespace runoff
