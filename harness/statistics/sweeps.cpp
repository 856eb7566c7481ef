#include "statistics/sweeps.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "runoff/parameters.h"
#include "statistics/median.h"
#include "statistics/pairs.h"

namespace runoff {
namespace {

std::string joined(const std::vector<std::pair<std::string, std::string>>& pairs,
                   const std::string& left_out) {
  std::string text;
  for (const auto& [name, value] : pairs)
    if (name != left_out) text += (text.empty() ? "" : ";") + name + "=" + value;
  return text;
}

bool before(const Placed& a, const Placed& b) {
  const auto key = [](const Placed& one) { return one.judgement.rank.value_or(~std::size_t{0}); };
  return key(a) < key(b);
}

/// Judges these cells against each other.
std::vector<Placed> place(const std::vector<const Cell*>& cells) {
  std::vector<Judgement> judgements = judge(cells);
  std::vector<Placed> placed;
  for (std::size_t i = 0; i < cells.size(); ++i) placed.push_back({cells[i], std::move(judgements[i])});
  std::stable_sort(placed.begin(), placed.end(), before);
  return placed;
}

/// Who a cell speaks for.
using Choice = std::pair<std::string, std::string>;
Choice choice_of(const Cell& cell, const std::string& axis) {
  return {cell.backend, axis == "concurrency" ? without_in_flight(cell.variant) : cell.variant};
}

double median_or_worst(const Cell& cell) {
  return cell.comparable() ? median(cell.wall.values) : std::numeric_limits<double>::infinity();
}

/// Of each choice the cell with the least median; a cell that was kept out only where it is the only one.
std::vector<const Cell*> best_of_each(const std::vector<const Cell*>& cells, const std::string& axis) {
  std::map<Choice, std::pair<double, const Cell*>> best;
  for (const Cell* cell : cells) {
    const double median = median_or_worst(*cell);
    const auto [found, fresh] = best.try_emplace(choice_of(*cell, axis), median, cell);
    if (!fresh && median < found->second.first) found->second = {median, cell};
  }
  std::vector<const Cell*> chosen;
  for (const auto& [choice, one] : best) chosen.push_back(one.second);
  return chosen;
}

struct Key {
  std::string workload, axis, others;
  bool operator<(const Key& other) const {
    if (std::tie(workload, axis) != std::tie(other.workload, other.axis))
      return std::tie(workload, axis) < std::tie(other.workload, other.axis);
    return compare_pairs(others, other.others) < 0;
  }
};
using Stops = std::map<double, std::pair<std::string, std::vector<const Cell*>>>;

/// Whether some choice stands at more than one stop: where none does, nothing was varied for anybody.
bool varies(const Sweep& sweep) {
  std::set<Choice> seen;
  for (const Stop& stop : sweep.stops)
    for (const Placed& one : stop.placed)
      if (!seen.insert(choice_of(*one.cell, sweep.axis)).second) return true;
  return false;
}

/// A choice between one says nothing.
constexpr std::size_t fewest_choices = 2, fewest_stops = 2;

std::vector<Sweep> to_sweeps(const std::map<Key, Stops>& found) {
  std::vector<Sweep> sweeps;
  for (const auto& [key, stops] : found) {
    Sweep sweep{key.workload, key.axis, key.others, {}};
    for (const auto& [number, stop] : stops) {
      const std::vector<const Cell*> cells = best_of_each(stop.second, key.axis);
      if (cells.size() >= fewest_choices) sweep.stops.push_back({stop.first, number, place(cells)});
    }
    if (sweep.stops.size() >= fewest_stops && varies(sweep)) sweeps.push_back(std::move(sweep));
  }
  return sweeps;
}

/// Fastest, tied, or not surely slower.
bool is_open(const Placed& one) {
  return one.judgement.verdict == Verdict::fastest || one.judgement.verdict == Verdict::tied ||
         one.judgement.verdict == Verdict::inconclusive;
}

}  // namespace

std::int64_t concurrency_of(const Cell& cell) {
  std::int64_t concurrency = cell.workers;
  for (const auto& [name, value] : split_pairs(cell.variant))
    if (name == "in-flight") concurrency *= parse_count(value).value_or(1);
  for (const Sample& sample : cell.samples)
    if (sample.tasks) return std::min(concurrency, *sample.tasks);
  return concurrency;
}

std::string without_in_flight(const std::string& variant) {
  return joined(split_pairs(variant), "in-flight");
}

std::vector<Sweep> parameter_sweeps(std::span<const Cell> cells) {
  std::map<Key, Stops> found;
  for (const Cell& cell : cells) {
    const auto pairs = split_pairs(cell.problem.parameters);
    for (const auto& [name, value] : pairs)
      if (const auto number = value_number(value)) {
        auto& stop = found[{cell.problem.workload, name, joined(pairs, name)}][*number];
        stop.first = value;
        stop.second.push_back(&cell);
      }
  }
  return to_sweeps(found);
}

std::vector<Sweep> concurrency_sweeps(std::span<const Cell> cells) {
  std::map<Key, Stops> found;
  for (const Cell& cell : cells) {
    if (cell.problem.bound != "io") continue;
    const std::int64_t concurrency = concurrency_of(cell);
    auto& stop = found[{cell.problem.workload, "concurrency", cell.problem.parameters}]
                      [static_cast<double>(concurrency)];
    stop.first = std::to_string(concurrency);
    stop.second.push_back(&cell);
  }
  return to_sweeps(found);
}

std::vector<Reign> reigns(const Sweep& sweep) {
  std::vector<Reign> reigns;
  std::set<Choice> open;
  for (std::size_t i = 0; i < sweep.stops.size(); ++i) {
    std::vector<const Cell*> cells;
    std::set<Choice> here;
    for (const Placed& one : sweep.stops[i].placed)
      if (is_open(one)) {
        cells.push_back(one.cell);
        here.insert(choice_of(*one.cell, sweep.axis));
      }
    std::set<Choice> both;
    std::set_intersection(open.begin(), open.end(), here.begin(), here.end(),
                          std::inserter(both, both.end()));
    if (here.empty()) continue;
    const bool goes_on = !both.empty();
    open = goes_on ? both : here;
    std::erase_if(cells, [&](const Cell* cell) { return !open.contains(choice_of(*cell, sweep.axis)); });
    if (goes_on) {
      reigns.back().last = i;
      reigns.back().choices = std::move(cells);
    } else {
      reigns.push_back({i, i, std::move(cells)});
    }
  }
  return reigns;
}

}  // namespace runoff
