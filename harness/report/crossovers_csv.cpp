#include "report/crossovers_csv.h"

#include "record/csv.h"
#include "report/fields.h"
#include "report/sweep_names.h"
#include "statistics/summary.h"

namespace runoff {
namespace {

std::string joined_names(const std::vector<const Placed*>& placed, const Sweep& sweep, const Names& names) {
  std::string labels;
  for (const Placed* one : placed)
    labels += (labels.empty() ? "" : ";") + choice_name(one->choice, sweep, names);
  return labels;
}

std::string number_text(double number) { return fmt::format("{:.15g}", number); }

}  // namespace

std::string crossovers_csv(std::span<const Crossover> maps, const Names& names) {
  std::string text = csv_line(CsvRow{"workload", "parameters", "across", "across_value", "across_number",
                                     "up", "up_value", "up_number", "backend", "variant", "workers", "n",
                                     "median_ns", "verdict", "settled", "label", "open", "map"});
  for (const Crossover& map : maps)
    for (const auto& [number, row] : map.rows)
      for (const Stop& stop : row.sweep->stops) {
        const CrossoverPoint point(stop);
        const Cell& best = *point.best.cell;
        const Figures known = figures(best, {});
        text += csv_line(
            CsvRow{map.workload, map.others, map.across, stop.value, number_text(stop.number), map.up,
                   row.value, number_text(number), best.backend, best.variant, std::to_string(best.workers),
                   whole(known.n), field(known.median_ns, nanoseconds), point.best.judgement.word,
                   point.settled ? "yes" : "no", choice_name(point.best.choice, *row.sweep, names),
                   joined_names(point.open, *row.sweep, names), crossover_name(map, names)});
      }
  return text;
}

}  // namespace runoff
