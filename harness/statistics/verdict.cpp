#include "statistics/verdict.h"

#include <algorithm>

#include "statistics/holm.h"
#include "statistics/median.h"

namespace runoff {
namespace {

constexpr double alpha = 0.05;
void say(Judgement& judgement, Verdict verdict, std::string_view word) {
  judgement.verdict = verdict;
  judgement.word = word;
}

void judge_by_interval(Judgement& judgement) {
  if (judgement.ratio->high < tie_margin)
    say(judgement, Verdict::tied, "tied");
  else if (judgement.ratio->low > 1)
    say(judgement, Verdict::slower, "slower");
  else
    say(judgement, Verdict::inconclusive, "inconclusive");
}

}  // namespace

std::vector<Judgement> judge(std::span<const std::optional<double>> values, const ResampledRatio& ratio) {
  std::vector<Judgement> judgements(values.size());
  std::vector<std::size_t> order;  // of those with a value, the least first
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i]) order.push_back(i);
  if (order.empty()) return judgements;
  std::stable_sort(order.begin(), order.end(), [&values](auto a, auto b) { return *values[a] < *values[b]; });

  const std::size_t fastest = order.front();
  say(judgements[fastest], Verdict::fastest, "fastest");
  judgements[fastest].rank = 1;
  std::vector<Bootstrap> ratios;
  std::vector<double> p_values;
  for (std::size_t k = 1; k < order.size(); ++k) {
    ratios.push_back(ratio(order[k], fastest, alpha / static_cast<double>(order.size() - 1)));
    p_values.push_back(ratios.back().p_value(1));
  }
  const std::vector<double> levels = holm_levels(p_values, alpha);
  for (std::size_t k = 1; k < order.size(); ++k) {
    Judgement& judgement = judgements[order[k]];
    judgement.rank = k + 1;
    judgement.ratio = ratios[k - 1].interval(*values[order[k]] / *values[fastest], levels[k - 1]);
    judge_by_interval(judgement);
  }
  return judgements;
}

std::vector<Judgement> judge(std::span<const Contender> group) {
  std::vector<std::optional<double>> medians(group.size());
  for (std::size_t i = 0; i < group.size(); ++i)
    if (group[i].comparable()) medians[i] = median(group[i].series->values);
  std::vector<Judgement> judgements =
      judge(medians, [&group](std::size_t one, std::size_t best, double level) {
        const Series &slower = *group[one].series, &faster = *group[best].series;
        return bootstrap_ratio(slower, faster, drawing(slower, faster, level), resampling_seed);
      });
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (group[i].comparable()) continue;
    if (group[i].status == Status::ok)
      say(judgements[i], Verdict::too_few, "too-few");
    else
      say(judgements[i], Verdict::kept_out, to_string(group[i].status));
  }
  return judgements;
}

std::vector<Judgement> judge_times(std::span<const Cell* const> group) {
  std::vector<Contender> contenders;
  for (const Cell* cell : group) contenders.push_back({cell->status, &cell->wall});
  return judge(contenders);
}

}  // namespace runoff
