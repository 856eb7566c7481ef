#include "report/sweep_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "statistics/median.h"

namespace runoff {
namespace {

std::string choice_name(const Cell& cell, const Sweep& sweep, const Names& names) {
  if (sweep.axis != "concurrency") return names.backend(cell.backend, cell.variant);
  const std::string variant = without_in_flight(cell.variant);
  return variant.empty() ? cell.backend : names.backend(cell.backend, variant);
}

std::string choices_text(const std::vector<std::string>& choices) {
  constexpr std::size_t most = 4;
  if (choices.size() > most)
    return fmt::format("{} or one of {} others", choices.front(), choices.size() - 1);
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i)
    text += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + choices[i];
  return text;
}

std::string reach_text(const Sweep& sweep, const Reign& reign) {
  const std::string& first = sweep.stops[reign.first].value;
  const std::string& last = sweep.stops[reign.last].value;
  if (reign.first == reign.last) return "at " + first;
  if (reign.first == 0) return "up to " + last;
  if (reign.last + 1 == sweep.stops.size()) return "from " + first + " on";
  return "from " + first + " to " + last;
}

// "2 x 500": loops and what each has under way; "26" elsewhere.
std::string workers_text(const Cell& cell) {
  const std::int64_t each = concurrency_of(cell) / cell.workers;
  return each <= 1 ? std::to_string(cell.workers) : fmt::format("{} x {}", cell.workers, each);
}

std::vector<std::string> others(const Stop& stop, const Sweep& sweep, const Names& names, Verdict verdict) {
  std::vector<std::string> found;
  for (const Placed& one : stop.placed)
    if (one.judgement.verdict == verdict) found.push_back(choice_name(*one.cell, sweep, names));
  return found;
}

// "tbb, fork and 7 others".
std::string listed(const std::vector<std::string>& words) {
  constexpr std::size_t most = 3;
  const std::size_t named = words.size() > most ? most - 1 : words.size();
  std::string text;
  for (std::size_t i = 0; i < named; ++i) text += (i == 0 ? "" : ", ") + words[i];
  return named < words.size() ? fmt::format("{} and {} others", text, words.size() - named) : text;
}

}  // namespace

std::string reign_sentence(const Sweep& sweep, const Names& names) {
  const std::vector<Reign> found = reigns(sweep);
  if (found.empty()) return "No verdict at any of these values.";
  std::string text;
  for (const Reign& reign : found) {
    std::vector<std::string> choices;
    for (const Cell* cell : reign.choices) choices.push_back(choice_name(*cell, sweep, names));
    const bool throughout = found.size() == 1 && reign.first == 0 && reign.last + 1 == sweep.stops.size();
    text += (text.empty() ? "" : "; ") + (throughout ? "throughout" : reach_text(sweep, reign)) + " " +
            choices_text(choices);
  }
  return (found.size() > 1 ? "The best choice changes hands: " : "The best choice does not change: ") + text +
         ".";
}

std::string sweep_text(const Sweep& sweep, const Names& names, const Painter& paint) {
  Table table({Align::right, Align::left, Align::right, Align::right, Align::left, Align::left});
  table.add({{sweep.axis, Style::dim},
             {"fastest", Style::dim},
             {"workers", Style::dim},
             {"time", Style::dim},
             {"tied", Style::dim},
             {"not surely slower", Style::dim}});
  for (const Stop& stop : sweep.stops) {
    const Placed& first = stop.placed.front();
    if (first.judgement.verdict != Verdict::fastest) {
      table.add({{stop.value}, {"no verdict", Style::caution}});
      continue;
    }
    table.add({{stop.value},
               {choice_name(*first.cell, sweep, names), Style::bold},
               {workers_text(*first.cell)},
               {time_text(median(first.cell->wall.values))},
               {listed(others(stop, sweep, names, Verdict::tied)), Style::good},
               {listed(others(stop, sweep, names, Verdict::inconclusive)), Style::caution}});
  }
  std::string about;
  for (const auto& [name, value] : split_pairs(sweep.others)) about += fmt::format(" {}={}", name, value);
  return paint(Style::bold, sweep.workload + " by " + sweep.axis) + " " + paint(Style::dim, about) + "\n" +
         table.text(paint) + "  " + paint(Style::bold, "→") + " " +
         wrapped(reign_sentence(sweep, names), "    ") + "\n";
}

}  // namespace runoff
