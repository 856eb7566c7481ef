#include "statistics/overall.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace runoff {

std::vector<Overall> overall(std::span<const Contest> contests,
                             const std::function<std::string(const Cell&)>& name_of) {
  std::map<std::string, Overall> found;
  std::size_t ranking = 0;
  for (const Contest& contest : contests) {
    const auto ranked = [](const SummaryRow& row) { return row.judgement.rank && row.judgement.ratio; };
    if (std::none_of(contest.rows.begin(), contest.rows.end(), ranked)) continue;
    ++ranking;
    for (const SummaryRow& row : contest.rows) {
      if (!ranked(row)) continue;
      Overall& one = found[name_of(*row.cell)];
      ++one.contests;
      one.best_in += row.judgement.verdict == Verdict::fastest || row.judgement.verdict == Verdict::tied;
      for (const auto part : {&Estimate::value, &Estimate::low, &Estimate::high})
        one.times.*part += std::log((*row.judgement.ratio).*part);
    }
  }
  std::vector<Overall> all;
  if (ranking < 2) return all;
  for (auto& [name, one] : found) {
    if (one.contests < ranking) continue;
    one.name = name;
    for (const auto part : {&Estimate::value, &Estimate::low, &Estimate::high})
      one.times.*part = std::exp(one.times.*part / static_cast<double>(ranking));
    all.push_back(std::move(one));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Overall& a, const Overall& b) { return a.times.value < b.times.value; });
  return all;
}

}  // namespace runoff
