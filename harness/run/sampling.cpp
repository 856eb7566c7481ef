#include "run/sampling.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "support/errors.h"
#include "support/text.h"

namespace runoff {
namespace {

using std::chrono::nanoseconds;

/// Of the budget, how much a later round may be behind before a part is left out for it, and how long samples
/// that a verdict still needs may go on when the budget is spent.
constexpr double tolerance = 0.1;
constexpr double grace = 0.25;

nanoseconds share_of(nanoseconds time, double share) {
  return nanoseconds(static_cast<nanoseconds::rep>(static_cast<double>(time.count()) * share));
}

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
      given_up_(plan.cells.size()) {
  for (std::size_t i = 0; i < plan.cells.size(); ++i) {
    const unsigned part = plan.cells[i].part;
    if (part >= parts_.size()) parts_.resize(part + 1);
    parts_[part].cells.push_back(i);
  }
}

void Sampling::skip(std::size_t cell, std::string why) {
  given_up_.at(cell) = std::move(why);
  costs_.forget(cell);
}

void Sampling::resume(std::span<const Sample> samples) {
  const std::size_t cells = plan_.cells.size();
  std::map<std::size_t, std::vector<std::size_t>> rounds;
  for (const Sample& sample : samples) {
    const auto place = static_cast<std::size_t>(sample.order);
    if (place / cells >= most_rounds())
      throw MachineError("samples.csv has a row that is not of this plan: order " +
                         std::to_string(sample.order));
    auto& order = rounds[place / cells];
    if (order.empty()) order = plan_.round(static_cast<unsigned>(place / cells));
    const std::size_t cell = order[place % cells];
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
    make_room(round);
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
  for (const Part& part : parts_)
    if (part.kept)
      for (const std::size_t cell : part.cells) end.missing += for_all_ - std::min(for_all_, taken_[cell]);
  end.left_out = left_out();
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
  if (keep_the_shortest()) step = measure_missing(round, order);
  if (const LeftOut out = left_out(); !out.parts.empty()) told_.left_out(out);
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
  const Part& part = parts_[plan_.cells[cell].part];
  return part.kept && part.disturbed.size() > round - plan_.samples;
}

nanoseconds Sampling::needed_in(unsigned round, std::span<const std::size_t> order) const {
  nanoseconds time{0};
  for (std::size_t i = 0; i < order.size(); ++i)
    if (!done_.contains(round * order.size() + i) && parts_[plan_.cells[order[i]].part].kept &&
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
    const Step step = company.size() > 1 ? measure_in_turns(company, round) : measure(company.front(), round);
    if (step == Step::interrupted || step == Step::out_of_time) return step;
  }
  return Step::taken;
}

/// Cells that are compared, once it is known how long each takes.
bool Sampling::may_take_turns(std::size_t cell, std::size_t other, unsigned round) {
  const PlannedCell &a = plan_.cells[cell], &b = plan_.cells[other];
  return round > 0 && a.workload == b.workload && a.parameters == b.parameters && begin(a.part) &&
         begin(b.part);
}

/// How long each of the next samples may take; nothing where there is no time for them.
std::optional<nanoseconds> Sampling::time_for(std::span<const Next> company, unsigned round) const {
  const nanoseconds limit = runner_.time_limit();
  if (!budget_.total()) return limit;
  const bool verdict_needs_it = round > 0 && round < for_a_verdict_;
  const nanoseconds left =
      *budget_.left() + (verdict_needs_it ? share_of(*budget_.total(), grace) : nanoseconds{0});
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

Sampling::Step Sampling::measure_in_turns(std::span<const Next> company, unsigned round) {
  const auto limit = time_for(company, round);
  if (!limit) return Step::out_of_time;
  std::vector<std::size_t> cells;
  for (const Next& next : company)
    if (given_up_[next.cell].empty()) cells.push_back(next.cell);
  const auto measured = runner_.take_in_turns(cells, *limit);
  bool missing = false;
  auto found = measured.begin();
  for (const Next& next : company) {
    std::optional<Taken> taken = given_up_[next.cell].empty() ? *found++ : skipped(next.cell);
    missing |= !taken;
    if (!taken) continue;
    keep(next, round, *taken);
    tell(next, taken->sample);
  }
  if (!missing) return Step::taken;
  return runner_.interrupted() ? Step::interrupted : Step::out_of_time;
}

Sampling::Step Sampling::measure(Next next, unsigned round) {
  const std::size_t cell = next.cell;
  const unsigned number = plan_.cells[cell].part;
  Part& part = parts_[number];
  if (!begin(number)) return Step::left_out;
  const auto time = time_for(std::span(&next, 1), round);
  if (!time) return Step::out_of_time;
  const nanoseconds limit = *time;
  const nanoseconds most = round == 0 ? most_in_first_round(part) : limit;

  Taken taken;
  if (given_up_[cell].empty()) {
    auto found = runner_.take(cell, std::min(limit, most));
    if (!found && runner_.interrupted()) return Step::interrupted;
    if (!found && limit <= most) return Step::out_of_time;
    if (!found && part.first_round == nanoseconds{0}) {
      costs_.learn(cell, 2 * most);  // a guess: it is longer, and nothing says by how much
      part.kept = false;
      return Step::left_out;
    }
    if (found)
      taken = std::move(*found);
    else
      skip(cell, "a sample takes longer than " + format_time(most) + ", for which the budget has no time");
  }
  if (!given_up_[cell].empty()) taken = skipped(cell);
  keep(next, round, taken);
  if (round == 0) {
    part.first_round += taken.time;
    if (has_become_too_long(part)) part.kept = false;
  }
  tell(next, taken.sample);
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
                    samples_of_kept(),
                    race_.state().verdicts,
                    race_.state().settled,
                    needed_of_kept(for_all_) + race_.to_settle(race_.state(), costs_),
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
  if (!sample.disturbed_by.empty() && round < plan_.samples)
    parts_[plan_.cells[cell].part].disturbed.insert(round);
  if (!given_up_[cell].empty()) return;
  costs_.learn(cell, time);
  // Neither would end otherwise the next time, and a hang costs its whole time limit.
  if (sample.status == Status::unsupported)
    skip(cell, "unsupported, as sample " + std::to_string(sample.sample) + " says");
  if (sample.status == Status::timeout)
    skip(cell, "sample " + std::to_string(sample.sample) + " ran out of time; not tried again");
}

/// Whether a part is measured. Decided when its first cell comes: a part of a problem that no sample was
/// taken of yet is begun to see how long it takes.
bool Sampling::begin(unsigned number) {
  Part& part = parts_[number];
  if (part.begun || !part.kept) return part.kept;
  part.begun = true;
  if (!budget_.total()) return true;
  const bool known = costs_.known(part.cells.front());
  const nanoseconds planned = budget_.spent() + needed_of_begun(for_a_verdict_) -
                              (known ? nanoseconds{0} : needed(part, for_a_verdict_));
  if (number > 0 && planned > *budget_.total()) part.kept = part.begun = false;
  return part.kept;
}

/// How long a sample of the first round may take while other parts are kept: so long that as many as a
/// verdict takes fit into the budget, and the samples that parts before this one still need.
nanoseconds Sampling::most_in_first_round(const Part& part) const {
  if (!budget_.total() || parts_kept() == 1) return nanoseconds::max();
  const nanoseconds others = needed_of_begun(for_a_verdict_) - needed(part, for_a_verdict_);
  const nanoseconds free = std::max(*budget_.left() - others, nanoseconds{1});
  return std::min(free, *budget_.total() / for_a_verdict_);
}

/// Whether a part that is kept, and whose first round goes on or is over, cannot have as many rounds as a
/// verdict takes. Never the last one.
bool Sampling::has_become_too_long(const Part& part) const {
  if (!budget_.total() || parts_kept() == 1) return false;
  const nanoseconds planned = *budget_.total();
  if (part.first_round * for_a_verdict_ > planned) return true;
  const bool measured =
      std::all_of(part.cells.begin(), part.cells.end(), [this](auto cell) { return taken_[cell] > 0; });
  if (!measured) return false;
  return budget_.spent() + needed_of_begun(for_a_verdict_) > planned;
}

/// Leaves parts out, the least important first, until what verdicts still need fits; never the last one.
void Sampling::make_room(unsigned round) {
  if (round == 0 || round >= for_a_verdict_ || !budget_.total()) return;
  const nanoseconds end = share_of(*budget_.total(), 1 + tolerance);
  bool changed = false;
  for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) {
    if (parts_kept() <= 1 || budget_.spent() + needed_of_kept(for_a_verdict_) <= end) break;
    if (!part->kept || needed(*part, for_a_verdict_) == nanoseconds{0}) continue;
    part->kept = false;
    changed = true;
  }
  if (changed) told_.left_out(left_out());
}

/// Where no part fits, the shortest of those that were begun goes on as far as the budget lasts: true then.
bool Sampling::keep_the_shortest() {
  if (parts_kept() > 0) return false;
  const auto time = [this](const Part& part) {
    return part.begun ? needed(part, for_a_verdict_) : nanoseconds::max();
  };
  const auto shortest = std::min_element(parts_.begin(), parts_.end(),
                                         [&time](const Part& a, const Part& b) { return time(a) < time(b); });
  shortest->kept = true;
  return true;
}

nanoseconds Sampling::most_left() const { return std::max(*budget_.left(), needed_of_kept(for_a_verdict_)); }

std::size_t Sampling::parts_kept() const {
  return static_cast<std::size_t>(
      std::count_if(parts_.begin(), parts_.end(), [](const Part& part) { return part.kept; }));
}

/// When verdicts have their samples: measures parts that were left out, the most important first, as far as
/// there is time for them after all. The machine may have become faster, or a part have taken less than was
/// feared.
Sampling::Step Sampling::bring_back() {
  if (!budget_.total()) return Step::taken;
  bool changed = false;
  for (Part& part : parts_) {
    if (part.kept || budget_.spent() + needed(part, for_a_verdict_) > *budget_.total()) continue;
    part.kept = part.begun = changed = true;
    for (unsigned round = 0; round < for_a_verdict_; ++round) {
      const Step step = measure_missing(round, plan_.round(round));
      if (step != Step::taken) return step;
      if (!part.kept) break;  // it takes too long after all
    }
  }
  if (changed) told_.left_out(left_out());
  return Step::taken;
}

nanoseconds Sampling::needed(const Part& part, unsigned samples) const {
  nanoseconds time{0};
  for (const std::size_t cell : part.cells)
    if (taken_[cell] < samples) time += costs_.expected(cell) * (samples - taken_[cell]);
  return time;
}

nanoseconds Sampling::needed_of_kept(unsigned samples) const {
  nanoseconds time{0};
  for (const Part& part : parts_)
    if (part.kept) time += needed(part, samples);
  return time;
}

nanoseconds Sampling::needed_of_begun(unsigned samples) const {
  nanoseconds time{0};
  for (const Part& part : parts_)
    if (part.kept && part.begun) time += needed(part, samples);
  return time;
}

std::size_t Sampling::samples_of_kept() const {
  std::size_t samples = 0;
  for (const Part& part : parts_)
    for (const std::size_t cell : part.cells)
      samples += part.kept ? std::max(for_all_, taken_[cell]) : taken_[cell];
  return samples;
}

LeftOut Sampling::left_out() const {
  LeftOut out{{}, budget_.total().value_or(nanoseconds{0}), nanoseconds{0}};
  nanoseconds all{0};
  for (unsigned number = 0; number < parts_.size(); ++number) {
    if (!parts_[number].kept) out.parts.push_back(number);
    for (const std::size_t cell : parts_[number].cells) all += costs_.expected(cell) * for_a_verdict_;
  }
  out.enough = share_of(all, 1 + tolerance);
  return out;
}

}  // namespace runoff
