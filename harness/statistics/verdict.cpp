#include "statistics/verdict.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "statistics/median.h"
#include "statistics/paired_ratio.h"
#include "statistics/rounds_until.h"
#include "statistics/turnout.h"

namespace runoff {
namespace {

constexpr double alpha = 0.05;  ///< of each kind of error, in a group

void say(Judgement& judgement, Verdict verdict) {
  judgement.verdict = verdict;
  judgement.word = to_word(verdict);
}

/// What the common rounds of two contenders say, in logarithms of the first over the second.
struct Pair {
  double value = 0;
  double surely_above = -std::numeric_limits<double>::infinity();  ///< for `slower`
  double surely_below = std::numeric_limits<double>::infinity();   ///< for `tied`
  double spread = std::numeric_limits<double>::infinity();         ///< of one round
  std::size_t rounds = 0;
};

class Field {
 public:
  Field(std::vector<const Series*> series, std::vector<std::size_t> choices, const Rules& rules)
      : series_(std::move(series)), choices_(std::move(choices)), rules_(rules), pairs_(size() * size()) {
    for (std::size_t i = 0; i < size(); ++i)
      for (std::size_t j = i + 1; j < size(); ++j) compare(i, j);
    for (std::size_t i = 0; i < size(); ++i) beaten_.push_back(is_beaten(i));
  }

  std::size_t size() const { return series_.size(); }
  const Pair& pair(std::size_t one, std::size_t other) const { return pairs_[one * size() + other]; }
  bool beaten(std::size_t one) const { return beaten_[one]; }

  Verdict verdict(std::size_t one) const {
    bool own = false, others = false;  // may still be the best: of this choice, of other ones
    for (std::size_t i = 0; i < size(); ++i) (choices_[i] == choices_[one] ? own : others) |= !beaten_[i];
    if (!others) return Verdict::fastest;
    for (std::size_t i = 0; i < size(); ++i)
      if (choices_[i] == choices_[one] && behind_at_most(i) < margin()) return Verdict::tied;
    return own ? Verdict::inconclusive : Verdict::slower;
  }

  /// Behind the best, whichever it is.
  double behind_at_least(std::size_t one) const {
    double least = 0;
    for (std::size_t i = 0; i < size(); ++i)
      if (i != one) least = std::max(least, pair(one, i).surely_above);
    return least;
  }
  double behind_at_most(std::size_t one) const {
    double most = 0;
    for (std::size_t i = 0; i < size(); ++i)
      if (i != one && !beaten_[i]) most = std::max(most, pair(one, i).surely_below);
    return most;
  }

  /// Rounds after which the bounds are likely to say `tied` or `slower`.
  std::optional<unsigned> enough(std::size_t one) const {
    double to_tie = 0, to_beat = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < size(); ++i) {
      if (i == one || beaten_[i]) continue;
      const Pair& against = pair(one, i);
      const auto n = static_cast<unsigned>(against.rounds);
      // Not by how far the bounds are: after a few rounds of which one was disturbed they lie far apart, but
      // not for long.
      to_tie = std::max(to_tie, rounds_until(margin() - against.value, against.spread, n, tied_level(n)));
      to_beat = std::min(to_beat, rounds_until(against.value, against.spread, n, slower_level(n)));
    }
    const double rounds = std::min(to_tie, to_beat);
    return std::isfinite(rounds) ? std::optional(static_cast<unsigned>(rounds)) : std::nullopt;
  }

 private:
  /// Exactly the precision is not under it, whatever the logarithms round to.
  double margin() const { return std::log1p(rules_.precision) - 1e-12; }

  void compare(std::size_t i, std::size_t j) {
    const PairedRatio ratio(*series_[i], *series_[j]);
    if (ratio.rounds() < fewest_samples) return;
    const auto n = static_cast<unsigned>(ratio.rounds());
    const Estimate slower = ratio.estimate(slower_level(n));
    const Estimate tied = ratio.estimate(tied_level(n));
    const double spread = ratio.spread();
    pairs_[i * size() + j] = {std::log(slower.value), std::log(slower.low), std::log(tied.high), spread, n};
    pairs_[j * size() + i] = {-std::log(slower.value), -std::log(slower.high), -std::log(tied.low), spread,
                              n};
  }

  double slower_level(unsigned n) const {
    const auto others = static_cast<double>(size() - 1);
    return rules_.looks.level(alpha / (others * (others + 1)), n);
  }
  double tied_level(unsigned n) const {
    return rules_.looks.level(alpha / static_cast<double>(size() - 1), n);
  }

  bool is_beaten(std::size_t one) const {
    for (std::size_t i = 0; i < size(); ++i)
      if (i != one && pair(one, i).surely_above > 0) return true;
    return false;
  }

  std::vector<const Series*> series_;
  std::vector<std::size_t> choices_;
  const Rules& rules_;
  std::vector<Pair> pairs_;
  std::vector<bool> beaten_;
};

/// `first` has the least median.
Judgement judge_one(const Field& field, std::size_t one, std::size_t first) {
  Judgement judgement;
  say(judgement, field.verdict(one));
  judgement.beaten = field.beaten(one);
  if (field.size() < 2) return judgement;
  const double low = std::exp(field.behind_at_least(one)), high = std::exp(field.behind_at_most(one));
  const Pair& to_first = field.pair(one, first);
  judgement.ratio = {std::clamp(std::exp(to_first.value), low, std::max(low, high)), low,
                     std::max(low, high)};
  if (one != first && std::isfinite(to_first.surely_above))
    judgement.visible = std::expm1(to_first.value - to_first.surely_above);
  if (judgement.verdict == Verdict::inconclusive) judgement.enough = field.enough(one);
  return judgement;
}

}  // namespace

const char* to_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::fastest:
      return "fastest";
    case Verdict::tied:
      return "tied";
    case Verdict::slower:
      return "slower";
    case Verdict::inconclusive:
      return "inconclusive";
    case Verdict::too_few:
      return "too-few";
    case Verdict::idle_workers:
      return "idle-workers";
    case Verdict::kept_out:
      return "";
  }
  return "";
}

Contender contender(const Cell& cell, std::size_t choice) {
  return {cell.status, &cell.wall, choice, turnout(cell).never_full()};
}

std::vector<Judgement> judge(std::span<const Contender> group, const Rules& rules) {
  std::vector<Judgement> judgements(group.size());
  std::vector<std::size_t> order;  // of those that are compared, the least median first
  std::vector<double> medians(group.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!group[i].comparable()) {
      const bool right = group[i].status == Status::ok;
      say(judgements[i], !right          ? Verdict::kept_out
                         : group[i].idle ? Verdict::idle_workers
                                         : Verdict::too_few);
      if (!right) judgements[i].word = to_string(group[i].status);
      continue;
    }
    medians[i] = median(group[i].series->values);
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&medians](std::size_t a, std::size_t b) { return medians[a] < medians[b]; });

  std::vector<const Series*> series;
  std::vector<std::size_t> choices;
  for (const std::size_t i : order) {
    series.push_back(group[i].series);
    choices.push_back(group[i].choice);
  }
  const Field field(std::move(series), std::move(choices), rules);
  for (std::size_t k = 0; k < order.size(); ++k) {
    judgements[order[k]] = judge_one(field, k, 0);
    judgements[order[k]].rank = k + 1;
  }
  return judgements;
}

std::vector<Judgement> judge_times(std::span<const Cell* const> group, const Rules& rules) {
  std::vector<Contender> contenders;
  for (const Cell* cell : group) contenders.push_back(contender(*cell, contenders.size()));
  return judge(contenders, rules);
}

std::vector<std::size_t> backends_and_variants(std::span<const Cell* const> cells) {
  std::map<std::pair<std::string, std::string>, std::size_t> numbers;
  std::vector<std::size_t> choice_of;
  for (const Cell* cell : cells)
    choice_of.push_back(numbers.try_emplace({cell->backend, cell->variant}, numbers.size()).first->second);
  return choice_of;
}

std::vector<ChosenCell> judge_choices(std::span<const Cell* const> cells,
                                      std::span<const std::size_t> choice_of, const Rules& rules) {
  std::vector<Contender> contenders;
  for (std::size_t i = 0; i < cells.size(); ++i) contenders.push_back(contender(*cells[i], choice_of[i]));
  std::vector<Judgement> judgements = judge(contenders, rules);

  std::vector<std::size_t> order(cells.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {  // ranked ones first, then those with a time that is right
    const bool timed = cells[i]->status == Status::ok && cells[i]->wall.size() > 0;
    return std::tuple(judgements[i].rank.value_or(std::numeric_limits<std::size_t>::max()), !timed,
                      timed ? median(cells[i]->wall.values) : 0.0);
  };
  std::stable_sort(order.begin(), order.end(), [&key](auto a, auto b) { return key(a) < key(b); });
  std::vector<ChosenCell> chosen;
  std::size_t rank = 0;
  for (const std::size_t i : order) {
    const bool seen = std::any_of(chosen.begin(), chosen.end(),
                                  [&](const ChosenCell& one) { return one.choice == choice_of[i]; });
    if (seen) continue;
    chosen.push_back({choice_of[i], cells[i], std::move(judgements[i])});
    if (chosen.back().judgement.rank) chosen.back().judgement.rank = ++rank;
  }
  return chosen;
}

}  // namespace runoff
