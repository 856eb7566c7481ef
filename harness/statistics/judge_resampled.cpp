#include "statistics/judge_resampled.h"

#include <algorithm>

#include "statistics/holm.h"

namespace runoff {
namespace {

constexpr double of_a_group = 0.05;

void give(Judgement& judgement, Verdict verdict) {
  judgement.verdict = verdict;
  judgement.word = to_word(verdict);
}

Verdict verdict_by(const Estimate& ratio, double precision) {
  if (ratio.high < 1 + precision) return Verdict::tied;
  return ratio.low > 1 ? Verdict::slower : Verdict::inconclusive;
}

}  // namespace

std::vector<Judgement> judge_resampled(std::span<const std::optional<double>> values,
                                       const ResampledRatio& ratio, const Rules& rules) {
  std::vector<Judgement> judgements(values.size());
  std::vector<std::size_t> order;  // of those with a value, the least first
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i]) order.push_back(i);
  if (order.empty()) return judgements;
  std::stable_sort(order.begin(), order.end(), [&values](auto a, auto b) { return *values[a] < *values[b]; });

  const std::size_t first = order.front();
  std::vector<Bootstrap> ratios;
  std::vector<double> p_values;
  for (std::size_t k = 1; k < order.size(); ++k) {
    ratios.push_back(ratio(order[k], first, of_a_group / static_cast<double>(order.size() - 1)));
    p_values.push_back(ratios.back().p_value(1));
  }
  const std::vector<double> levels = holm_levels(p_values, of_a_group);
  bool all_slower = true, all_settled = true;
  for (std::size_t k = 1; k < order.size(); ++k) {
    Judgement& judgement = judgements[order[k]];
    judgement.rank = k + 1;
    judgement.ratio = ratios[k - 1].interval(*values[order[k]] / *values[first], levels[k - 1]);
    give(judgement, verdict_by(*judgement.ratio, rules.precision));
    all_slower = all_slower && judgement.ratio->low > 1;
    all_settled = all_settled && judgement.verdict != Verdict::inconclusive;
  }
  judgements[first].rank = 1;
  give(judgements[first], all_slower    ? Verdict::fastest
                          : all_settled ? Verdict::tied
                                        : Verdict::inconclusive);
  return judgements;
}

}  // namespace runoff
