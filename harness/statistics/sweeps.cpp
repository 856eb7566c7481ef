#include "statistics/sweeps.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "statistics/median.h"
#include "statistics/pairs.h"
#include "support/text.h"

namespace runoff {
namespace {

std::string without(const std::string& parameters, const std::string& name) {
  Pairs pairs = parse_pairs(parameters);
  std::erase_if(pairs, [&name](const auto& pair) { return pair.first == name; });
  return join_pairs(pairs);
}

bool before(const Placed& a, const Placed& b) {
  const auto key = [](const Placed& one) { return one.judgement.rank.value_or(~std::size_t{0}); };
  return key(a) < key(b);
}

double median_or_worst(const Cell& cell) {
  return cell.comparable() ? median(cell.wall.values) : std::numeric_limits<double>::infinity();
}

/// The cell with the least median of each choice; one that was kept out only where it is the only one.
class BestOfEach {
 public:
  void add(const Choice& choice, const Cell& cell) {
    const double median = median_or_worst(cell);
    const auto [found, fresh] = best_.try_emplace(choice, median, &cell);
    if (!fresh && median < found->second.first) found->second = {median, &cell};
  }
  std::size_t size() const { return best_.size(); }

  std::vector<Placed> judged() const {
    std::vector<const Cell*> cells;
    for (const auto& [choice, one] : best_) cells.push_back(one.second);
    std::vector<Judgement> judgements = judge_times(cells);
    std::vector<Placed> placed;
    for (const auto& [choice, one] : best_)
      placed.push_back({choice, one.second, std::move(judgements[placed.size()])});
    std::stable_sort(placed.begin(), placed.end(), before);
    return placed;
  }

 private:
  std::map<Choice, std::pair<double, const Cell*>> best_;
};

struct Key {
  std::string workload, axis, others;
  bool operator<(const Key& other) const {
    if (std::tie(workload, axis) != std::tie(other.workload, other.axis))
      return std::tie(workload, axis) < std::tie(other.workload, other.axis);
    return compare_pairs(others, other.others) < 0;
  }
};
struct Gathered {
  std::string value;
  BestOfEach cells;
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

std::vector<Sweep> to_sweeps(const std::map<Key, Stops>& found) {
  std::vector<Sweep> sweeps;
  for (const auto& [key, stops] : found) {
    Sweep sweep{key.workload, key.axis, key.others, {}};
    for (const auto& [number, stop] : stops)
      if (stop.cells.size() >= fewest_choices)
        sweep.stops.push_back({stop.value, number, stop.cells.judged()});
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

std::vector<Sweep> parameter_sweeps(std::span<const Cell> cells) {
  std::map<Key, Stops> found;
  for (const Cell& cell : cells)
    for (const auto& [name, value] : parse_pairs(cell.problem.parameters))
      if (const auto number = value_number(value)) {
        const Key key{cell.problem.workload, name, without(cell.problem.parameters, name)};
        Gathered& stop = found[key][*number];
        stop.value = value;
        stop.cells.add({cell.backend, cell.variant}, cell);
      }
  return to_sweeps(found);
}

std::vector<Sweep> concurrency_sweeps(std::span<const Cell> cells, const ConcurrencyOptions& options) {
  std::map<Key, Stops> found;
  for (const Cell& cell : cells) {
    if (cell.problem.bound != "io") continue;
    const Key key{cell.problem.workload, Sweep::concurrency, cell.problem.parameters};
    Gathered& stop = found[key][static_cast<double>(cell.concurrency)];
    stop.value = std::to_string(cell.concurrency);
    const auto option = options.find(cell.backend);
    stop.cells.add(
        {cell.backend, option == options.end() ? cell.variant : without(cell.variant, option->second)}, cell);
  }
  return to_sweeps(found);
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
