#include "report/sweep_text.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "report/sweep_names.h"
#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "statistics/median.h"
#include "support/list.h"

namespace runoff {
namespace {

std::string reach_text(const Sweep& sweep, const Reign& reign) {
  const std::string& first = sweep.stops[reign.first].value;
  const std::string& last = sweep.stops[reign.last].value;
  if (reign.first == reign.last) return "at " + first;
  if (reign.first == 0) return "up to " + last;
  if (reign.last + 1 == sweep.stops.size()) return "from " + first + " on";
  return "from " + first + " to " + last;
}

// "2 x 500": workers and what each has under way; "26" where that is one task.
std::string under_way(const Cell& cell) {
  const std::int64_t each = cell.concurrency / cell.workers;
  return each <= 1 ? std::to_string(cell.workers) : fmt::format("{} x {}", cell.workers, each);
}

std::string others(const Stop& stop, const Sweep& sweep, const Names& names, Verdict verdict) {
  std::vector<std::string> found;
  for (const Placed& one : stop.placed)
    if (one.judgement.verdict == verdict && &one != &stop.placed.front())
      found.push_back(choice_name(one.choice, sweep, names));
  return listed(found, 3);
}

/// Choices that take less time than the best one at some stop, and have no rank there because not all of
/// their workers worked. Without this a reader would take the best one for the quickest.
std::string quicker_text(const Sweep& sweep, const Names& names) {
  std::map<std::string, std::vector<std::string>> found;
  std::vector<std::string> order;
  for (const Stop& stop : sweep.stops) {
    const Placed& best = stop.placed.front();
    if (!best.judgement.rank) continue;
    const double time = median(best.cell->wall.values);
    for (const Placed& one : stop.placed) {
      if (one.judgement.verdict != Verdict::idle_workers || median(one.cell->wall.values) >= time) continue;
      const std::string name = choice_name(one.choice, sweep, names);
      if (found[name].empty()) order.push_back(name);
      found[name].push_back(stop.value);
    }
  }
  std::vector<std::string> told;
  for (const std::string& name : order) told.push_back(name + " (at " + listed(found[name], 3) + ")");
  if (told.empty()) return {};
  return " Quicker, but not ranked, as some of their workers never worked: " + listed(told, 3) + ".";
}

}  // namespace

std::string reign_sentence(const Sweep& sweep, const Names& names) {
  const std::vector<Reign> found = reigns(sweep);
  if (found.empty()) return "No verdict at any of these values.";
  std::string text;
  for (const Reign& reign : found) {
    std::vector<std::string> choices;
    for (const Choice& choice : reign.choices) choices.push_back(choice_name(choice, sweep, names));
    const bool throughout = found.size() == 1 && reign.first == 0 && reign.last + 1 == sweep.stops.size();
    text += (text.empty() ? "" : "; ") + (throughout ? "throughout" : reach_text(sweep, reign)) + " " +
            either(choices);
  }
  return (found.size() > 1 ? "The best choice changes hands: " : "The best choice does not change: ") + text +
         "." + quicker_text(sweep, names);
}

std::string sweep_text(const Sweep& sweep, const Names& names, const Page& page) {
  Table table({Align::right, Align::left, Align::right, Align::right, {Align::left, 1}, {Align::left, 2}});
  table.add({{sweep.axis, Style::dim},
             {"best", Style::dim},
             {"workers", Style::dim},
             {"time", Style::dim},
             {"tied", Style::dim},
             {"not surely slower", Style::dim}});
  for (const Stop& stop : sweep.stops) {
    const Placed& first = stop.placed.front();
    if (!first.judgement.rank) {
      table.add({{stop.value}, {"no verdict", Style::caution}});
      continue;
    }
    table.add({{stop.value},
               {choice_name(first.choice, sweep, names), Style::bold},
               {under_way(*first.cell)},
               {time_text(median(first.cell->wall.values))},
               {others(stop, sweep, names, Verdict::tied), Style::good},
               {others(stop, sweep, names, Verdict::inconclusive), Style::caution}});
  }
  const std::string title = sweep.workload + " by " + sweep.axis;
  return page.paint(Style::bold, title) +
         page.paint(Style::dim, wrapped(" " + spelled(sweep.others), "  ", page.width(), width(title))) +
         "\n" + table.text(page);
}

}  // namespace runoff
