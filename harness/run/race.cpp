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

std::vector<unsigned> Race::samples_before(unsigned rounds) const {
  std::vector<unsigned> samples(plan_.cells.size());
  for (const Sample& sample : samples_)
    if (sample.sample <= rounds) ++samples[cell_of_.at(sample.order)];
  return samples;
}

unsigned Race::looked_at(unsigned samples) const {
  const auto next = std::upper_bound(plan_.looks.begin(), plan_.looks.end(), samples);
  return next == plan_.looks.begin() ? 0 : *std::prev(next);
}

Race::State Race::judged(unsigned rounds, const std::vector<unsigned>& most) const {
  std::vector<unsigned> all(plan_.cells.size());
  std::vector<Sample> counted;
  for (const Sample& sample : samples_) {
    if (sample.sample > rounds) continue;
    const std::size_t cell = cell_of_.at(sample.order);
    if (++all[cell] <= most[cell]) counted.push_back(sample);
  }
  const std::vector<Cell> cells = gather_cells(std::move(counted));
  const Standing standing = judge_(cells, rules_);
  State state{standing.verdicts, standing.settled, {}};
  for (const OpenQuestion& question : standing.open) {
    Open open{{}, question.enough, std::numeric_limits<unsigned>::max()};
    for (const Cell* cell : question.cells) {
      open.cells.push_back(cell_of_.at(cell->samples.front().order));
      open.samples = std::min(open.samples, all[open.cells.back()]);
    }
    state.open.push_back(std::move(open));
  }
  return state;
}

Race::State Race::now() const {
  constexpr unsigned every = std::numeric_limits<unsigned>::max();
  return judged(every, std::vector<unsigned>(plan_.cells.size(), every));
}

bool Race::look(unsigned rounds, const Costs& costs, std::optional<Time> left) {
  if (plan_.looks.empty() || rounds < plan_.looks.front()) return true;
  std::vector<unsigned> seen = samples_before(rounds);
  std::transform(seen.begin(), seen.end(), seen.begin(), [this](unsigned all) { return looked_at(all); });
  if (seen != looked_at_) {
    looked_at_ = std::move(seen);
    state_ = judged(rounds, looked_at_);
    choose(costs, left);
  }
  return !questions_.empty();
}

void Race::choose(const Costs& costs, std::optional<Time> left) {
  const auto& open = state_.open;
  std::vector<Next> ahead;
  for (const Open& one : open) ahead.push_back(next(one, costs));
  questions_.clear();
  for (std::size_t i = 0; i < open.size(); ++i)
    if (open[i].samples < plan_.samples) questions_.push_back(i);
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

/// Nothing is settled between two looks.
Race::Time Race::until(const Open& open, unsigned rounds, const Costs& costs) const {
  Time round{0};
  for (const std::size_t cell : open.cells) round += costs.expected(cell);
  const unsigned soonest = std::max(rounds, open.samples + 1);
  const auto look = std::lower_bound(plan_.looks.begin(), plan_.looks.end(), soonest);
  const unsigned last = look == plan_.looks.end() ? plan_.samples : *look;
  return round * (std::max(last, open.samples) - open.samples);
}

Race::Time Race::to_settle(const State& state, const Costs& costs) const {
  Time time{0};
  for (const Open& open : state.open) time += to_settle(open, costs);
  return time;
}

}  // namespace runoff
