#include "report/summary_csv.h"

#include <cmath>
#include <cstdint>
#include <map>
#include <tuple>

#include "report/fields.h"

namespace runoff {
namespace {

/// Nothing where a bound is not known.
std::string ratio(double value) { return std::isfinite(value) ? fmt::format("{:.6f}", value) : ""; }
std::string low_ratio(const Estimate& interval) { return ratio(interval.low); }
std::string high_ratio(const Estimate& interval) { return ratio(interval.high); }

/// What a cell is to the contest of its problem.
struct Part {
  std::string verdict;
  std::string place;
};

using Identity = std::tuple<Problem, std::string, std::string, std::int64_t>;
Identity identity(const Cell& cell) { return {cell.problem, cell.backend, cell.variant, cell.workers}; }

std::map<Identity, Part> parts_of(const Findings& findings) {
  std::map<Identity, Part> parts;
  for (const Cell& cell : findings.contested) parts[identity(cell)] = {"outdone", ""};
  for (const Contest& contest : findings.contests) {
    std::size_t place = 0;
    for (const SummaryRow& row : contest.rows)
      parts[identity(*row.cell)] = {row.judgement.word, whole(++place)};
  }
  return parts;
}

CsvRow fields(const SummaryRow& row, const Part& part, const Names& names) {
  const Cell& cell = *row.cell;
  const Figures& known = row.figures;
  const MedianTime mean = median_time(mean_times(cell), cell.status);
  return {cell.problem.workload,
          cell.problem.parameters,
          cell.problem.bound,
          cell.problem.shape,
          cell.backend,
          cell.variant,
          std::to_string(cell.workers),
          whole(known.n),
          field(mean.median_ns, nanoseconds),
          field(mean.interval, low_ns),
          field(mean.interval, high_ns),
          field(known.speedup, ratio),
          field(known.speedup_interval, low_ratio),
          field(known.speedup_interval, high_ratio),
          field(known.efficiency, ratio),
          row.judgement.word,
          field(row.judgement.rank, whole),
          names.problem(cell.problem.workload, cell.problem.parameters),
          names.backend(cell.backend, cell.variant),
          part.verdict,
          part.place,
          row.judgement.ratio ? ratio(row.judgement.ratio->value) : "",
          field(row.judgement.ratio, low_ratio),
          field(row.judgement.ratio, high_ratio),
          field(row.judgement.visible, ratio),
          field(row.judgement.enough, [](unsigned rounds) { return std::to_string(rounds); }),
          field(known.median_ns, nanoseconds),
          field(known.interval, low_ns),
          field(known.interval, high_ns)};
}

}  // namespace

const CsvRow& summary_columns() {
  static const CsvRow columns{"workload",       "parameters",   "bound",      "shape",
                              "backend",        "variant",      "workers",    "n",
                              "median_ns",      "ci_low_ns",    "ci_high_ns", "speedup",
                              "speedup_low",    "speedup_high", "efficiency", "verdict",
                              "rank",           "problem",      "label",      "contest",
                              "place",          "ratio",        "ratio_low",  "ratio_high",
                              "visible",        "enough",       "typical_ns", "typical_low_ns",
                              "typical_high_ns"};
  return columns;
}

std::string summary_csv(const Findings& findings, const Names& names) {
  auto parts = parts_of(findings);
  std::string text = csv_line(summary_columns());
  for (const SummaryRow& row : findings.summary)
    text += csv_line(fields(row, parts[identity(*row.cell)], names));
  return text;
}

}  // namespace runoff
