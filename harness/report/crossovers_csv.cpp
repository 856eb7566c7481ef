#include "report/crossovers_csv.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "record/csv.h"
#include "report/fields.h"
#include "report/sweep_names.h"
#include "statistics/pairs.h"
#include "statistics/summary.h"
#include "support/text.h"

namespace runoff {
namespace {

/// What is the same in all points of a map: workload, what varies from left to right, what from row to row,
/// and the other parameters.
using MapKey = std::tuple<std::string, std::string, std::string, std::string>;

struct MapRow {
  std::string value;
  const Sweep* sweep = nullptr;
};
using MapRows = std::map<double, MapRow>;

std::map<MapKey, MapRows> maps_of(std::span<const Sweep> sweeps) {
  std::map<MapKey, MapRows> maps;
  for (const Sweep& sweep : sweeps) {
    const Pairs pairs = parse_pairs(sweep.others);
    for (const auto& [name, value] : pairs) {
      // Two parameters have sweeps both ways: one map of them is enough.
      const auto number = value_number(value);
      if (!number || (!sweep.of_concurrency() && name < sweep.axis)) continue;
      Pairs others = pairs;
      std::erase_if(others, [&taken = name](const auto& pair) { return pair.first == taken; });
      maps[{sweep.workload, sweep.axis, name, join_pairs(others)}][*number] = {value, &sweep};
    }
  }
  std::erase_if(maps, [](const auto& map) { return map.second.size() < 2; });
  return maps;
}

/// The others that are tied with the best, or not surely slower.
std::string open_beside(const Placed& best, const Stop& stop, const Sweep& sweep, const Names& names) {
  std::string labels;
  for (const Placed& one : stop.placed)
    if (&one != &best && one.is_open())
      labels += (labels.empty() ? "" : ";") + choice_name(one.choice, sweep, names);
  return labels;
}

std::string number_text(double number) { return fmt::format("{:.15g}", number); }

}  // namespace

std::string crossovers_csv(std::span<const Sweep> sweeps, const Names& names) {
  const std::map<MapKey, MapRows> maps = maps_of(sweeps);
  if (maps.empty()) return {};
  std::string text = csv_line(CsvRow{"workload", "parameters", "across", "across_value", "across_number",
                                     "up", "up_value", "up_number", "backend", "variant", "workers", "n",
                                     "median_ns", "verdict", "settled", "label", "open", "map"});
  for (const auto& [key, rows] : maps) {
    const auto& [workload, across, up, others] = key;
    const std::string name = fmt::format("{} by {} and {}", names.problem(workload, others), across, up);
    for (const auto& [number, row] : rows)
      for (const Stop& stop : row.sweep->stops) {
        const Placed& best = stop.placed.front();
        const Verdict verdict = best.judgement.verdict;
        const bool settled = verdict == Verdict::fastest || verdict == Verdict::tied;
        const Figures known = figures(*best.cell, {});
        text += csv_line(CsvRow{
            workload, others, across, stop.value, number_text(stop.number), up, row.value,
            number_text(number), best.cell->backend, best.cell->variant, std::to_string(best.cell->workers),
            whole(known.n), field(known.median_ns, nanoseconds), best.judgement.word, settled ? "yes" : "no",
            choice_name(best.choice, *row.sweep, names), open_beside(best, stop, *row.sweep, names), name});
      }
  }
  return text;
}

}  // namespace runoff
