#include "run/sampling.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "plan/rounds.h"
#include "support/errors.h"
#include "support/text.h"

namespace runoff {
namespace {

using std::chrono::nanoseconds;

/// Of the budget, how long samples that a verdict still needs may go on when it is spent: 1 in so many.
constexpr int grace = 4;

/// What a sample of an earlier session took, as far as its row tells: starting, the cold execution, a few to
/// see how long one takes, and the warm ones.
nanoseconds time_of(const Sample& sample) {
  const std::int64_t wall = sample.wall_ns.value_or(0);
  return nanoseconds(sample.startup_ns.value_or(0) + 2 * sample.cold_ns.value_or(0) +
                     (sample.iterations.value_or(0) + 1) * wall);
}

void name_cell(const PlannedCell& cell, Sample& sample) {
  sample.workload = cell.workload;
  sample.parameters = cell.parameters;
  sample.bound = cell.bound;
  sample.shape = cell.shape;
  sample.backend = cell.backend;
  sample.variant = cell.variant;
  sample.workers = cell.workers;
}

bool is_same_cell(const Sample& a, const Sample& b) {
  return std::tie(a.workload, a.parameters, a.backend, a.variant, a.workers) ==
         std::tie(b.workload, b.parameters, b.backend, b.variant, b.workers);
}

}  // namespace

Sampling::Sampling(const Plan& plan, std::string run_name, Runner& runner, Budget budget, Told told,
                   Judge judge)
    : plan_(plan),
      run_(std::move(run_name)),
      runner_(runner),
      budget_(std::move(budget)),
      told_(std::move(told)),
      for_a_verdict_(std::min(plan.samples, fewest_samples)),
      for_all_(plan.looks.empty() ? plan.samples : for_a_verdict_),
      // Without a budget none asked for more than these samples, and a race goes on of itself.
      most_repeated_(plan.looks.empty() && budget_.total() ? plan.samples / 2 : 0),
      race_(plan, std::move(judge)),
      costs_(plan.cells),
      taken_(plan.cells.size()),
      parts_(plan, budget_, costs_, taken_, for_a_verdict_),
      disturbed_(parts_.count()),
      given_up_(plan.cells.size()) {}

void Sampling::skip(std::size_t cell, std::string why) {
  given_up_.at(cell) = std::move(why);
  costs_.forget(cell);
}

void Sampling::resume(std::span<const Sample> samples) {
  Rounds rounds(plan_);
  for (const Sample& sample : samples) {
    const auto place = static_cast<std::size_t>(sample.order);
    if (place / plan_.cells.size() >= most_rounds())
      throw MachineError("samples.csv has a row that is not of this plan: order " +
                         std::to_string(sample.order));
    const std::size_t cell = rounds.cell_at(place);
    Sample expected;
    name_cell(plan_.cells[cell], expected);
    if (!is_same_cell(sample, expected))
      throw MachineError("samples.csv was measured in another order: its row of order " +
                         std::to_string(sample.order) + " is of " + sample.workload + " on " +
                         sample.backend + ", where this plan has " + plan_.cells[cell].label);
    note(cell, place, sample, time_of(sample));
  }
}

/// In a race some questions wait while others go on: it has more rounds than any cell has samples.
unsigned Sampling::most_rounds() const {
  return plan_.looks.empty() ? plan_.samples + most_repeated_
                             : plan_.samples * static_cast<unsigned>(plan_.cells.size());
}

RunEnd Sampling::run() {
  RunEnd end;
  for (unsigned round = 0; round < (plan_.looks.empty() ? plan_.samples : most_rounds()); ++round) {
    if (round > 0 && round < for_a_verdict_ && parts_.make_room()) tell_what_is_left_out();
    if (!race_.look(round, costs_, budget_.left())) break;
    Step step = measure_round(round);
    if (step == Step::taken && round + 1 == for_a_verdict_) step = bring_back();
    if (step == Step::interrupted || step == Step::out_of_time) {
      end.interrupted = step == Step::interrupted;
      break;
    }
    if (done_.lower_bound(std::size_t{round} * plan_.cells.size()) == done_.end()) break;  // it took none
    ++end.whole_rounds;
  }
  if (most_repeated_ > 0 && end.whole_rounds == plan_.samples)
    end.interrupted = repeat_disturbed() == Step::interrupted;
  end.taken = done_.size();
  for (std::size_t cell = 0; cell < taken_.size(); ++cell)
    if (parts_.keeps(plan_.cells[cell].part)) end.missing += for_all_ - std::min(for_all_, taken_[cell]);
  end.left_out = parts_.left_out();
  if (!plan_.looks.empty()) {
    const Race::State state = race_.now();
    end.verdicts = state.verdicts;
    end.settled = state.settled;
    for (const Race::Open& open : state.open)
      if (open.samples < plan_.samples) end.more += race_.to_settle(open, costs_);
  }
  return end;
}

Sampling::Step Sampling::measure_round(unsigned round) {
  const auto order = plan_.round(round);
  if (round >= for_a_verdict_ && budget_.total())
    while (needed_in(round, order) > *budget_.left())
      if (!race_.narrow()) return Step::out_of_time;
  Step step = measure_missing(round, order);
  if (round > 0 || step != Step::taken) return step;
  if (parts_.keep_the_shortest()) step = measure_missing(round, order);
  if (!parts_.left_out().parts.empty()) tell_what_is_left_out();
  return step;
}

Sampling::Step Sampling::repeat_disturbed() {
  for (unsigned more = 0; more < most_repeated_; ++more)
    if (const Step step = measure_round(plan_.samples + more); step != Step::taken) return step;
  return Step::taken;
}

bool Sampling::wanted(std::size_t cell, unsigned round) const {
  if (!plan_.looks.empty()) return race_.goes_on(cell) && taken_[cell] < plan_.samples;
  if (round < plan_.samples) return true;
  const unsigned part = plan_.cells[cell].part;
  return parts_.keeps(part) && disturbed_[part].size() > round - plan_.samples;
}

nanoseconds Sampling::needed_in(unsigned round, std::span<const std::size_t> order) const {
  nanoseconds time{0};
  for (std::size_t i = 0; i < order.size(); ++i)
    if (!done_.contains(round * order.size() + i) && parts_.keeps(plan_.cells[order[i]].part) &&
        wanted(order[i], round))
      time += costs_.expected(order[i]);
  return time;
}

Sampling::Step Sampling::measure_missing(unsigned round, std::span<const std::size_t> order) {
  const auto due = [&](std::size_t i) {
    return !done_.contains(round * order.size() + i) && wanted(order[i], round);
  };
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (!due(i)) continue;
    std::vector<Next> company{{order[i], round * order.size() + i}};
    while (i + 1 < order.size() && company.size() < runner_.most_in_turns() &&
           may_take_turns(order[i], order[i + 1], round)) {
      if (++i; due(i)) company.push_back({order[i], round * order.size() + i});
    }
    const Step step = measure(company, round);
    if (step == Step::interrupted || step == Step::out_of_time) return step;
  }
  return Step::taken;
}

/// Cells that are compared, once it is known how long each takes.
bool Sampling::may_take_turns(std::size_t cell, std::size_t other, unsigned round) {
  const PlannedCell &a = plan_.cells[cell], &b = plan_.cells[other];
  if (a.workload != b.workload || a.parameters != b.parameters) return false;
  if (round == 0) return a.part == b.part && parts_.is_timed(a.part) && costs_.known(cell);
  return parts_.begin(a.part) && parts_.begin(b.part);
}

/// How long each of the next samples may take; nothing where there is no time for them.
std::optional<nanoseconds> Sampling::time_for(std::span<const Next> company, unsigned round) const {
  const nanoseconds limit = runner_.time_limit();
  if (!budget_.total()) return limit;
  const bool verdict_needs_it = round > 0 && round < for_a_verdict_;
  const nanoseconds left = *budget_.left() + (verdict_needs_it ? *budget_.total() / grace : nanoseconds{0});
  nanoseconds expected{0};
  for (const Next& next : company) expected += costs_.expected(next.cell);
  if (left <= nanoseconds{0} || (!verdict_needs_it && left < expected)) return std::nullopt;
  return std::min(limit, left);
}

Taken Sampling::skipped(std::size_t cell) const {
  Taken taken;
  taken.sample.status = Status::skipped;
  taken.sample.detail = given_up_[cell];
  return taken;
}

std::vector<std::optional<Taken>> Sampling::take(std::span<const std::size_t> cells, nanoseconds limit) {
  if (cells.size() > 1) return runner_.take_in_turns(cells, limit);
  std::vector<std::optional<Taken>> all;
  if (!cells.empty()) all.push_back(runner_.take(cells.front(), limit));
  return all;
}

/// Together as far as that goes, each of them else.
Sampling::Step Sampling::measure(std::span<const Next> company, unsigned round) {
  const unsigned part = plan_.cells[company.front().cell].part;
  if (!parts_.begin(part)) return Step::left_out;
  const auto limit = time_for(company, round);
  if (!limit) return company.size() > 1 ? one_by_one(company, round) : Step::out_of_time;
  const nanoseconds most = round == 0 ? parts_.most_in_first_round(part, company.size()) : *limit;

  std::vector<std::size_t> cells;
  for (const Next& next : company)
    if (given_up_[next.cell].empty()) cells.push_back(next.cell);
  const auto measured = take(cells, std::min(*limit, most));
  bool missing = false;
  std::vector<Next> too_long;
  auto found = measured.begin();
  for (const Next& next : company) {
    std::optional<Taken> taken = given_up_[next.cell].empty() ? *found++ : skipped(next.cell);
    if (!taken && !runner_.interrupted() && most < *limit) {
      if (company.size() > 1) {
        too_long.push_back(next);
        continue;
      }
      if (!parts_.is_timed(part)) {
        costs_.learn(next.cell, 2 * most);  // a guess: it is longer, and nothing says by how much
        parts_.leave_out(part);
        return Step::left_out;
      }
      skip(next.cell,
           "a sample takes longer than " + format_time(most) + ", for which the budget has no time");
      taken = skipped(next.cell);
    }
    missing |= !taken;
    if (!taken) continue;
    keep(next, round, *taken);
    if (round == 0) parts_.note_first_round(part, taken->time);
    tell(next, taken->sample);
  }
  if (missing) return runner_.interrupted() ? Step::interrupted : Step::out_of_time;
  return one_by_one(too_long, round);
}

Sampling::Step Sampling::one_by_one(std::span<const Next> cells, unsigned round) {
  for (const Next& next : cells)
    if (const Step step = measure(std::span(&next, 1), round); step != Step::taken) return step;
  return Step::taken;
}

void Sampling::keep(Next next, unsigned round, Taken& taken) {
  taken.sample.run = run_;
  name_cell(plan_.cells[next.cell], taken.sample);
  taken.sample.order = static_cast<std::int64_t>(next.place);
  taken.sample.sample = round + 1;
  told_.sample(taken.sample);
  note(next.cell, next.place, taken.sample, taken.time);
}

void Sampling::tell(Next next, const Sample& sample) const {
  Progress progress{done_.size(),
                    parts_.all_samples(for_all_),
                    race_.state().verdicts,
                    race_.state().settled,
                    parts_.needed(for_all_) + race_.to_settle(race_.state(), costs_),
                    &plan_.cells[next.cell],
                    &sample};
  if (budget_.total())
    progress.left = plan_.looks.empty() ? std::min(progress.left, most_left()) : most_left();
  told_.progress(progress);
}

void Sampling::note(std::size_t cell, std::size_t place, const Sample& sample, nanoseconds time) {
  done_.insert(place);
  ++taken_[cell];
  race_.add(cell, sample);
  const auto round = static_cast<unsigned>(place / plan_.cells.size());
  if (!sample.disturbed_by.empty() && round < plan_.samples) disturbed_[plan_.cells[cell].part].insert(round);
  if (!given_up_[cell].empty()) return;
  costs_.learn(cell, time);
  // Neither would end otherwise the next time, and a hang costs its whole time limit.
  if (sample.status == Status::unsupported)
    skip(cell, "unsupported, as sample " + std::to_string(sample.sample) + " says");
  if (sample.status == Status::timeout)
    skip(cell, "sample " + std::to_string(sample.sample) + " ran out of time; not tried again");
}

void Sampling::tell_what_is_left_out() const { told_.left_out(parts_.left_out()); }

nanoseconds Sampling::most_left() const { return std::max(*budget_.left(), parts_.needed(for_a_verdict_)); }

/// When verdicts have their samples: measures parts that were left out, the most important first, as far as
/// there is time for them after all.
Sampling::Step Sampling::bring_back() {
  bool changed = false;
  for (auto part = parts_.bring_back(0); part; part = parts_.bring_back(*part + 1)) {
    changed = true;
    for (unsigned round = 0; round < for_a_verdict_; ++round) {
      const Step step = measure_missing(round, plan_.round(round));
      if (step != Step::taken) return step;
      if (!parts_.keeps(*part)) break;  // it takes too long after all
    }
  }
  if (changed) tell_what_is_left_out();
  return Step::taken;
}

}  // namespace runoff
