#include "report/crossovers.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "report/sweep_names.h"
#include "statistics/pairs.h"

namespace runoff {
namespace {

using CrossoverKey = std::tuple<std::string, std::string, std::string, std::string>;

/// Of a choice: at how many points it is surely the fastest.
using Wins = std::vector<std::pair<std::string, std::size_t>>;

void count(Wins& wins, const std::string& name) {
  const auto found =
      std::find_if(wins.begin(), wins.end(), [&](const auto& one) { return one.first == name; });
  if (found == wins.end())
    wins.emplace_back(name, 1);
  else
    ++found->second;
}

}  // namespace

std::vector<Crossover> crossovers(std::span<const Sweep> sweeps) {
  std::map<CrossoverKey, Crossover> maps;
  for (const Sweep& sweep : sweeps) {
    const Pairs pairs = parse_pairs(sweep.others);
    for (const auto& [name, value] : pairs) {
      // Two parameters have sweeps both ways: one map of them is enough.
      const auto number = value_number(value);
      if (!number || (!sweep.of_concurrency() && name < sweep.axis)) continue;
      Pairs rest = pairs;
      std::erase_if(rest, [&name](const auto& pair) { return pair.first == name; });
      const std::string others = join_pairs(rest);
      Crossover& map = maps[{sweep.workload, sweep.axis, name, others}];
      map.workload = sweep.workload;
      map.across = sweep.axis;
      map.up = name;
      map.others = others;
      map.rows[*number] = {value, &sweep};
    }
  }
  std::vector<Crossover> all;
  for (auto& [key, map] : maps)
    if (map.rows.size() > 1) all.push_back(std::move(map));
  return all;
}

bool covers(const Crossover& map, const Sweep& sweep) {
  if (map.workload != sweep.workload || (sweep.axis != map.across && sweep.axis != map.up)) return false;
  const std::string& other = sweep.axis == map.across ? map.up : map.across;
  Pairs rest = parse_pairs(sweep.others);
  return std::erase_if(rest, [&other](const auto& pair) { return pair.first == other; }) > 0 &&
         join_pairs(rest) == map.others;
}

std::string crossover_name(const Crossover& map, const Names& names) {
  return fmt::format("{} by {} and {}", names.problem(map.workload, map.others), map.across, map.up);
}

std::string crossover_sentence(const Crossover& map, const Names& names) {
  Wins wins;
  std::size_t points = 0, ties = 0, open = 0;
  for (const auto& [number, row] : map.rows)
    for (const Stop& stop : row.sweep->stops) {
      const CrossoverPoint point(stop);
      ++points;
      if (point.best.judgement.verdict == Verdict::fastest)
        count(wins, choice_name(point.best.choice, *row.sweep, names));
      else
        ++(point.settled ? ties : open);
    }
  std::stable_sort(wins.begin(), wins.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [name, number] : wins)
    text += text.empty() ? fmt::format("{} is surely the fastest at {} of {} points", name, number, points)
                         : fmt::format(", {} at {}", name, number);
  if (wins.empty()) text = fmt::format("No backend is surely the fastest at any of {} points", points);
  if (ties > 0) text += fmt::format("; at {} several tie", ties);
  if (open > 0) text += fmt::format("; {} {} not settled", open, open == 1 ? "is" : "are");
  return text + ".";
}

}  // namespace runoff
