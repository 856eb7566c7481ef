#include "report/crossover_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/sweep_names.h"
#include "report/table.h"
#include "report/wrap.h"

namespace runoff {
namespace {

// "tbb", "tbb +2" with two that are as good or not surely slower, "tbb?" where it is not settled.
Table::Field best_at(const Stop& stop, const Sweep& sweep, const Names& names) {
  const CrossoverPoint point(stop);
  if (!point.best.judgement.rank) return {"no verdict", Style::caution};
  std::string text = choice_name(point.best.choice, sweep, names);
  if (!point.settled) text += "?";
  if (!point.open.empty()) text += fmt::format(" +{}", point.open.size());
  return {text, point.settled ? Style::plain : Style::caution};
}

Table grid(const Crossover& map, const std::map<double, std::string>& across, const Names& names) {
  std::vector<Table::Column> columns{Align::right};
  Table::Row head{{map.up + " \\ " + map.across, Style::dim}};
  for (const auto& [number, value] : across) {
    columns.emplace_back(Align::left);
    head.push_back({value, Style::dim});
  }
  Table table(std::move(columns));
  table.add(std::move(head));
  for (const auto& [number, row] : map.rows) {
    Table::Row line{{row.value}};
    for (const auto& [place, value] : across) {
      const auto& stops = row.sweep->stops;
      const auto stop = std::find_if(stops.begin(), stops.end(),
                                     [&, at = place](const Stop& one) { return one.number == at; });
      line.push_back(stop == stops.end() ? Table::Field{"-"} : best_at(*stop, *row.sweep, names));
    }
    table.add(std::move(line));
  }
  return table;
}

bool fits(const std::string& text, const Page& page) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (width(std::string_view(text).substr(begin, end - begin)) > page.width()) return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace

std::string crossover_text(const Crossover& map, const Names& names, const Page& page) {
  std::map<double, std::string> across;
  for (const auto& [number, row] : map.rows)
    for (const Stop& stop : row.sweep->stops) across.emplace(stop.number, stop.value);
  const Table table = grid(map, across, names);
  Page plain = page;
  plain.paint = Painter(false);
  const std::string title = crossover_name(map, names);
  if (!fits(table.text(plain), page))
    return page.paint(Style::bold, title) +
           page.paint(Style::dim,
                      wrapped(": a map that is wider than this page; it is in report.html and crossovers.csv",
                              "  ", page.width(), width(title))) +
           "\n";
  return page.paint(Style::bold, title) +
         page.paint(
             Style::dim,
             wrapped(": the best at each point; ? not settled; +2: two more tie or are not surely slower",
                     "  ", page.width(), width(title))) +
         "\n" + table.text(page);
}

}  // namespace runoff
