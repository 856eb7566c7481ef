#include "selftest/simulation.h"

#include <boost/math/distributions/beta.hpp>
#include <cmath>

#include "statistics/paired_ratio.h"
#include "statistics/verdict.h"

namespace runoff {
namespace {

struct Said {
  bool falsely = false, last_slower = false, last_tied = false;
};

void add_round(const SimulatedGroup& group, std::vector<Series>& cells, RandomStream& random) {
  const double round = std::exp(group.drift * random.normal());
  for (Series& cell : cells) {
    const bool last = &cell == &cells.back();
    cell.rounds.push_back(static_cast<std::int64_t>(cell.size()));
    cell.values.push_back(1e6 * round * group.noise.factor(random, group.spread) *
                          (last ? group.last_slower_by : 1));
  }
}

void judge_simulated(const SimulatedGroup& group, const std::vector<Series>& cells, Said& said) {
  std::vector<Contender> contenders;
  for (const Series& cell : cells) contenders.push_back({Status::ok, &cell, contenders.size()});
  // A single look is a run of fixed size: it spends all at its end.
  const Rules rules{usual_precision, group.looks.size() > 1 ? Looks(group.looks) : Looks()};
  const std::vector<Judgement> judgements = judge(contenders, rules);
  const bool all_equal = group.last_slower_by == 1;
  const bool one_is_best = !all_equal && group.cells == 2;
  for (std::size_t k = 0; k < judgements.size(); ++k) {
    const bool is_last = k + 1 == judgements.size();
    const Verdict verdict = judgements[k].verdict;
    if (verdict == Verdict::slower && (all_equal || !is_last)) said.falsely = true;
    if (verdict == Verdict::fastest && !(one_is_best && !is_last)) said.falsely = true;
  }
  said.last_slower = said.last_slower || judgements.back().verdict == Verdict::slower;
  said.last_tied = said.last_tied || judgements.back().verdict == Verdict::tied;
}

}  // namespace

double Rate::low(double level) const {
  if (times == 0) return 0;
  return quantile(
      boost::math::beta_distribution<>(static_cast<double>(times), static_cast<double>(of - times + 1)),
      level);
}

double Rate::high(double level) const {
  if (times == of) return 1;
  return quantile(
      boost::math::beta_distribution<>(static_cast<double>(times + 1), static_cast<double>(of - times)),
      1 - level);
}

Verdicts simulate(const SimulatedGroup& group, std::size_t times, std::uint64_t seed) {
  RandomStream random(seed);
  Verdicts verdicts{{0, times}, {0, times}, {0, times}};
  for (std::size_t i = 0; i < times; ++i) {
    std::vector<Series> cells(group.cells);
    Said said;
    for (const unsigned look : group.looks) {
      while (cells.front().size() < look) add_round(group, cells, random);
      judge_simulated(group, cells, said);
    }
    verdicts.falsely.times += said.falsely;
    verdicts.last_slower.times += said.last_slower;
    verdicts.last_tied.times += said.last_tied;
  }
  return verdicts;
}

Rate coverage(std::size_t rounds, double spread, std::size_t times, std::uint64_t seed) {
  RandomStream random(seed);
  Rate held{0, times};
  for (std::size_t i = 0; i < times; ++i) {
    std::vector<Series> cells(2);
    const SimulatedGroup equal{.cells = 2, .spread = spread};
    while (cells.front().size() < rounds) add_round(equal, cells, random);
    const auto interval = ratio_estimate(cells[0], cells[1]);
    held.times += interval && interval->low <= 1 && 1 <= interval->high;
  }
  return held;
}

}  // namespace runoff
