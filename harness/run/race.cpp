#include "run/race.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
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
    Open open{{}, question.enough, std::numeric_limits<unsigned>::max()};
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
  std::vector<Next> ahead;
  for (const Open& one : open) ahead.push_back(next(one, costs));
  questions_.resize(open.size());
  std::iota(questions_.begin(), questions_.end(), std::size_t{0});
  std::stable_sort(questions_.begin(), questions_.end(),
                   [&ahead](auto a, auto b) { return ahead[a].each < ahead[b].each; });
  Time planned{0};
  std::erase_if(questions_, [&](std::size_t question) {
    // What there is no time for waits, and what is shorter goes on in its place.
    if (left && planned + ahead[question].time > *left && planned > Time{0}) return true;
    planned += ahead[question].time;
    return false;
  });
  let_go_on();
  return !open.empty();
}

bool Race::narrow() {
  if (questions_.empty()) return false;
  questions_.pop_back();
  let_go_on();
  return !questions_.empty();
}

void Race::let_go_on() {
  std::fill(going_on_.begin(), going_on_.end(), false);
  for (const std::size_t question : questions_)
    for (const std::size_t cell : state_.open[question].cells) going_on_[cell] = true;
}

Race::Next Race::next(const Open& open, const Costs& costs) const {
  Next soonest{Time::max(), Time::max()};
  for (std::size_t i = 0; i < open.enough.size(); ++i) {
    const Time time = until(open, open.enough[i], costs);
    if (const Time each = time / static_cast<Time::rep>(i + 1); each < soonest.each) soonest = {time, each};
  }
  return soonest;
}

Race::Time Race::until(const Open& open, unsigned rounds, const Costs& costs) const {
  Time round{0};
  for (const std::size_t cell : open.cells) round += costs.expected(cell);
  return round * (std::max(std::min(rounds, plan_.samples), open.rounds + 1) - open.rounds);
}

Race::Time Race::to_settle(const State& state, const Costs& costs) const {
  Time time{0};
  for (const Open& open : state.open) time += to_settle(open, costs);
  return time;
}

}  // namespace runoff
