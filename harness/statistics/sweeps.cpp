#include "statistics/sweeps.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "statistics/pairs.h"
#include "support/text.h"

namespace runoff {
namespace {

std::string without(const std::string& parameters, const std::string& name) {
  Pairs pairs = parse_pairs(parameters);
  std::erase_if(pairs, [&name](const auto& pair) { return pair.first == name; });
  return join_pairs(pairs);
}

/// The cells of each choice at one stop.
class Gathered {
 public:
  void add(const Choice& choice, const Cell& cell) {
    cells_.push_back(&cell);
    choice_of_.push_back(choices_.try_emplace(choice, choices_.size()).first->second);
  }
  std::size_t size() const { return choices_.size(); }

  std::vector<Placed> judged(const Rules& rules) const {
    std::vector<Placed> placed;
    for (ChosenCell& chosen : judge_choices(cells_, choice_of_, rules)) {
      const auto choice = std::find_if(choices_.begin(), choices_.end(),
                                       [&](const auto& one) { return one.second == chosen.choice; });
      placed.push_back({choice->first, chosen.cell, std::move(chosen.judgement)});
    }
    return placed;
  }

  std::string value;

 private:
  std::vector<const Cell*> cells_;
  std::vector<std::size_t> choice_of_;
  std::map<Choice, std::size_t> choices_;
};

struct Key {
  std::string workload, axis, others;
  bool operator<(const Key& other) const {
    if (std::tie(workload, axis) != std::tie(other.workload, other.axis))
      return std::tie(workload, axis) < std::tie(other.workload, other.axis);
    return compare_pairs(others, other.others) < 0;
  }
};
using Stops = std::map<double, Gathered>;

/// Whether some choice stands at more than one stop: where none does, nothing was varied for any of them.
bool varies(const Sweep& sweep) {
  std::set<Choice> seen;
  for (const Stop& stop : sweep.stops)
    for (const Placed& one : stop.placed)
      if (!seen.insert(one.choice).second) return true;
  return false;
}

/// A choice between one says nothing.
constexpr std::size_t fewest_choices = 2, fewest_stops = 2;

std::vector<Sweep> to_sweeps(const std::map<Key, Stops>& found, const Rules& rules) {
  std::vector<Sweep> sweeps;
  for (const auto& [key, stops] : found) {
    Sweep sweep{key.workload, key.axis, key.others, {}};
    for (const auto& [number, stop] : stops)
      if (stop.size() >= fewest_choices) sweep.stops.push_back({stop.value, number, stop.judged(rules)});
    if (sweep.stops.size() >= fewest_stops && varies(sweep)) sweeps.push_back(std::move(sweep));
  }
  return sweeps;
}

bool contains(const std::vector<Choice>& choices, const Choice& one) {
  return std::find(choices.begin(), choices.end(), one) != choices.end();
}

}  // namespace

bool Placed::is_open() const {
  return judgement.verdict == Verdict::fastest || judgement.verdict == Verdict::tied ||
         judgement.verdict == Verdict::inconclusive;
}

std::vector<Sweep> parameter_sweeps(std::span<const Cell> cells, const Rules& rules) {
  std::map<Key, Stops> found;
  for (const Cell& cell : cells)
    for (const auto& [name, value] : parse_pairs(cell.problem.parameters))
      if (const auto number = value_number(value)) {
        const Key key{cell.problem.workload, name, without(cell.problem.parameters, name)};
        Gathered& stop = found[key][*number];
        stop.value = value;
        stop.add({cell.backend, cell.variant}, cell);
      }
  return to_sweeps(found, rules);
}

std::vector<Sweep> concurrency_sweeps(std::span<const Cell> cells, const ConcurrencyOptions& options,
                                      const Rules& rules) {
  std::map<Key, Stops> found;
  for (const Cell& cell : cells) {
    if (cell.problem.bound != "io") continue;
    const Key key{cell.problem.workload, Sweep::concurrency, cell.problem.parameters};
    Gathered& stop = found[key][static_cast<double>(cell.concurrency)];
    stop.value = std::to_string(cell.concurrency);
    const auto option = options.find(cell.backend);
    stop.add({cell.backend, option == options.end() ? cell.variant : without(cell.variant, option->second)},
             cell);
  }
  return to_sweeps(found, rules);
}

std::vector<Reign> reigns(const Sweep& sweep) {
  std::vector<Reign> reigns;
  for (std::size_t i = 0; i < sweep.stops.size(); ++i) {
    std::vector<Choice> open, stay_open;
    for (const Placed& one : sweep.stops[i].placed) {
      if (!one.is_open()) continue;
      open.push_back(one.choice);
      if (!reigns.empty() && contains(reigns.back().choices, one.choice)) stay_open.push_back(one.choice);
    }
    if (open.empty()) continue;
    if (stay_open.empty()) {
      reigns.push_back({i, i, std::move(open)});
    } else {
      reigns.back().last = i;
      reigns.back().choices = std::move(stay_open);
    }
  }
  return reigns;
}

}  // namespace runoff
