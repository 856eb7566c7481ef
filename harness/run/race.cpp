#include "run/race.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace runoff {

Race::Race(const Plan& plan, Judge judge)
    : plan_(plan),
      rules_{plan.precision, Looks(plan.looks)},
      judge_(std::move(judge)),
      going_on_(plan.cells.size(), true) {}

void Race::add(std::size_t cell, const Sample& sample) {
  if (plan_.looks.empty()) return;
  samples_.push_back(sample);
  cell_of_[sample.order] = cell;
}

Race::State Race::after(unsigned rounds) const {
  std::vector<Sample> so_far;
  std::copy_if(samples_.begin(), samples_.end(), std::back_inserter(so_far),
               [rounds](const Sample& sample) { return sample.sample <= rounds; });
  const std::vector<Cell> cells = gather_cells(so_far);
  const Standing standing = judge_(cells, rules_);
  State state{standing.verdicts, standing.settled, {}};
  for (const OpenQuestion& question : standing.open) {
    Open open{{}, question.verdicts, question.enough, std::numeric_limits<unsigned>::max()};
    for (const Cell* cell : question.cells) {
      open.cells.push_back(cell_of_.at(cell->samples.front().order));
      open.rounds = std::min(open.rounds, static_cast<unsigned>(cell->wall.size()));
    }
    state.open.push_back(std::move(open));
  }
  return state;
}

bool Race::look(unsigned rounds, const Costs& costs, std::optional<Time> left) {
  if (std::find(plan_.looks.begin(), plan_.looks.end(), rounds) == plan_.looks.end()) return true;
  state_ = after(rounds);
  auto& open = state_.open;
  const auto each = [&](const Open& one) {
    return to_settle(one, costs) / static_cast<Time::rep>(one.verdicts);
  };
  std::stable_sort(open.begin(), open.end(),
                   [&each](const Open& a, const Open& b) { return each(a) < each(b); });
  std::fill(going_on_.begin(), going_on_.end(), false);
  Time planned{0};
  for (const Open& one : open) {
    planned += to_settle(one, costs);
    if (left && planned > *left && &one != &open.front()) break;
    for (const std::size_t cell : one.cells) going_on_[cell] = true;
  }
  return !open.empty();
}

Race::Time Race::to_settle(const Open& open, const Costs& costs) const {
  const unsigned enough = std::min(open.enough.value_or(plan_.samples), plan_.samples);
  Time round{0};
  for (const std::size_t cell : open.cells) round += costs.expected(cell);
  return round * std::max(enough, open.rounds + 1) - round * open.rounds;
}

Race::Time Race::to_settle(const State& state, const Costs& costs) const {
  Time time{0};
  for (const Open& open : state.open) time += to_settle(open, costs);
  return time;
}

}  // namespace runoff
