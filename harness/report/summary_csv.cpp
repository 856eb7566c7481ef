#include "report/summary_csv.h"

#include <fmt/format.h>

namespace runoff {
namespace {

std::string nanoseconds(double value) { return fmt::format("{:.0f}", value); }
std::string ratio(double value) { return fmt::format("{:.6f}", value); }

template <class T, class Format>
std::string or_empty(const std::optional<T>& value, Format format) {
  return value ? format(*value) : std::string();
}

CsvRow fields(const SummaryRow& row) {
  const Cell& cell = *row.cell;
  const Figures& known = row.figures;
  const auto low = [](auto format) {
    return [format](const Estimate& estimate) { return format(estimate.low); };
  };
  const auto high = [](auto format) {
    return [format](const Estimate& estimate) { return format(estimate.high); };
  };
  return {cell.problem.workload,
          cell.problem.parameters,
          cell.problem.bound,
          cell.problem.shape,
          cell.backend,
          cell.variant,
          std::to_string(cell.workers),
          std::to_string(known.n),
          or_empty(known.median_ns, nanoseconds),
          or_empty(known.interval, low(nanoseconds)),
          or_empty(known.interval, high(nanoseconds)),
          or_empty(known.speedup, ratio),
          or_empty(known.speedup_interval, low(ratio)),
          or_empty(known.speedup_interval, high(ratio)),
          or_empty(known.efficiency, ratio),
          row.judgement.word,
          or_empty(row.judgement.rank, [](std::size_t rank) { return std::to_string(rank); })};
}

}  // namespace

const CsvRow& summary_columns() {
  static const CsvRow columns{"workload",   "parameters", "bound",       "shape",        "backend",
                              "variant",    "workers",    "n",           "median_ns",    "ci_low_ns",
                              "ci_high_ns", "speedup",    "speedup_low", "speedup_high", "efficiency",
                              "verdict",    "rank"};
  return columns;
}

std::string summary_csv(std::span<const SummaryRow> rows) {
  std::string text = csv_line(summary_columns());
  for (const SummaryRow& row : rows) text += csv_line(fields(row));
  return text;
}

}  // namespace runoff
