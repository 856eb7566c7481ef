#include "report/sweeps_csv.h"

#include <algorithm>

#include "report/fields.h"
#include "report/sweep_names.h"
#include "statistics/summary.h"

namespace runoff {
namespace {

/// Where a choice stands in the order of the reigns that go through its stop.
struct Reigning {
  std::string number;  ///< of the reign, from 1; empty at a stop that belongs to none
  std::string reigns;  ///< whether the choice stays open as long as it lasts
};

Reigning reigning(const std::vector<Reign>& reigns, std::size_t stop, const Choice& choice) {
  for (std::size_t i = 0; i < reigns.size(); ++i) {
    const Reign& reign = reigns[i];
    if (stop < reign.first || stop > reign.last) continue;
    const bool stays = std::find(reign.choices.begin(), reign.choices.end(), choice) != reign.choices.end();
    return {whole(i + 1), stays ? "yes" : "no"};
  }
  return {};
}

}  // namespace

const CsvRow& sweep_columns() {
  static const CsvRow columns{"workload",  "parameters", "axis",       "value",       "number",
                              "backend",   "variant",    "workers",    "concurrency", "n",
                              "median_ns", "ci_low_ns",  "ci_high_ns", "verdict",     "rank",
                              "reign",     "reigns",     "sweep",      "label"};
  return columns;
}

std::string sweeps_csv(std::span<const Sweep> sweeps, const Names& names) {
  std::string text = csv_line(sweep_columns());
  for (const Sweep& sweep : sweeps) {
    const std::vector<Reign> found = reigns(sweep);
    for (std::size_t i = 0; i < sweep.stops.size(); ++i) {
      const Stop& stop = sweep.stops[i];
      for (const Placed& one : stop.placed) {
        const Cell& cell = *one.cell;
        const Figures known = figures(cell, {});
        const Reigning here = reigning(found, i, one.choice);
        text += csv_line(CsvRow{
            sweep.workload, sweep.others, sweep.axis, stop.value, fmt::format("{:.15g}", stop.number),
            cell.backend, cell.variant, std::to_string(cell.workers), std::to_string(cell.concurrency),
            whole(known.n), field(known.median_ns, nanoseconds), field(known.interval, low_ns),
            field(known.interval, high_ns), one.judgement.word, field(one.judgement.rank, whole), here.number,
            here.reigns, sweep_name(sweep, names), choice_name(one.choice, sweep, names)});
      }
    }
  }
  return text;
}

}  // namespace runoff
