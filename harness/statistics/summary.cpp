#include "statistics/summary.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "statistics/groups.h"
#include "statistics/median.h"
#include "statistics/paired_ratio.h"

namespace runoff {
namespace {

std::vector<SummaryRow> rows_of(std::span<const Cell* const> group, std::span<const Cell> cells,
                                const Rules& rules) {
  std::vector<Judgement> judgements = judge_times(group, rules);
  std::vector<SummaryRow> rows;
  for (std::size_t i = 0; i < group.size(); ++i)
    rows.push_back({group[i], figures(*group[i], cells), std::move(judgements[i])});
  return rows;
}

// By rank; then what was measured and has none, by median; then what was kept out.
void sort_by_rank(std::vector<SummaryRow>& rows) {
  const auto key = [](const SummaryRow& row) {
    constexpr double last = std::numeric_limits<double>::infinity();
    return std::pair(row.judgement.rank.value_or(std::numeric_limits<std::size_t>::max()),
                     row.figures.median_ns.value_or(last));
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&key](const SummaryRow& a, const SummaryRow& b) { return key(a) < key(b); });
}

}  // namespace

MedianTime median_time(const Series& times, Status status) {
  MedianTime known;
  if (status != Status::ok || times.size() == 0) return known;
  known.median_ns = median(times.values);
  if (times.size() >= fewest_samples) known.interval = median_estimate(times);
  return known;
}

Figures figures(const Cell& cell, std::span<const Cell> cells) {
  Figures known;
  static_cast<MedianTime&>(known) = median_time(cell.wall, cell.status);
  known.n = cell.wall.size();
  if (!known.median_ns) return known;
  const Cell* reference = reference_of(cell, cells);
  if (reference == nullptr) return known;
  known.speedup_interval = ratio_estimate(reference->wall, cell.wall);
  known.speedup = known.speedup_interval ? known.speedup_interval->value
                                         : median(reference->wall.values) / *known.median_ns;
  known.efficiency = *known.speedup / static_cast<double>(cell.workers);
  return known;
}

std::vector<SummaryRow> summarize(std::span<const Cell> cells, const Rules& rules) {
  std::map<std::pair<Problem, std::int64_t>, std::vector<const Cell*>> groups;
  for (const Cell& cell : cells) groups[{cell.problem, cell.workers}].push_back(&cell);

  std::vector<SummaryRow> summary;
  for (auto& [key, group] : groups) {
    const std::size_t own = group.size();
    const Cell* reference = reference_of(*group.front(), cells);
    if (reference != nullptr && std::find(group.begin(), group.end(), reference) == group.end())
      group.push_back(reference);
    std::vector<SummaryRow> rows = rows_of(group, cells, rules);
    rows.resize(own);  // the visiting reference has its row elsewhere
    sort_by_rank(rows);
    std::move(rows.begin(), rows.end(), std::back_inserter(summary));
  }
  return summary;
}

std::vector<Contest> contests(std::span<const Cell> cells, const Rules& rules) {
  std::vector<Contest> found;
  for (const auto& group : groups_by_problem(cells)) {
    std::vector<const Cell*> of_problem;
    for (const Cell& cell : group) of_problem.push_back(&cell);
    Contest contest{&group.front().problem, reference_of(group.front(), cells), {}};
    for (ChosenCell& chosen : judge_choices(of_problem, backends_and_variants(of_problem), rules))
      contest.rows.push_back({chosen.cell, figures(*chosen.cell, cells), std::move(chosen.judgement)});
    found.push_back(std::move(contest));
  }
  return found;
}

}  // namespace runoff
