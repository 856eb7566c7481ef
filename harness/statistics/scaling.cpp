#include "statistics/scaling.h"

#include <algorithm>
#include <map>
#include <utility>

#include "statistics/groups.h"
#include "statistics/median.h"
#include "statistics/paired_ratio.h"

namespace runoff {
namespace {

using Points = std::vector<ScalingCurve::Point>;

std::optional<Estimate> serial_fraction(const Cell& one, const Cell& cell) {
  if (one.workers != 1 || cell.workers < 2) return std::nullopt;
  const auto ratio = ratio_estimate(cell.wall, one.wall);
  if (!ratio) return std::nullopt;
  const double ideal = 1 / static_cast<double>(cell.workers);
  const auto fraction = [ideal](double time) { return (time - ideal) / (1 - ideal); };
  return Estimate{fraction(ratio->value), fraction(ratio->low), fraction(ratio->high)};
}

EnoughWorkers enough_workers(const Points& points, const Rules& rules) {
  std::vector<const Cell*> cells;
  for (const auto& point : points) cells.push_back(point.cell);
  const std::vector<Judgement> judged = judge_times(cells, rules);
  double best = median(cells.front()->wall.values);
  for (const Cell* cell : cells) best = std::min(best, median(cell->wall.values));
  EnoughWorkers enough;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::int64_t workers = cells[i]->workers;
    const bool surely_more = judged[i].ratio && judged[i].ratio->low > 1 + rules.precision;
    if (enough.low == 0 && !surely_more) enough.low = workers;
    if (enough.value == 0 && median(cells[i]->wall.values) <= best * (1 + rules.precision))
      enough.value = workers;
    if (!enough.high && (judged[i].verdict == Verdict::tied || judged[i].verdict == Verdict::fastest))
      enough.high = workers;
  }
  return enough;
}

std::vector<Throughput> rates(std::span<const Cell* const> cells, std::span<const double> medians) {
  std::vector<Throughput> all;
  for (std::size_t i = 0; i < cells.size(); ++i)
    all.push_back({static_cast<double>(cells[i]->workers), 1e9 / medians[i]});
  return all;
}

std::optional<ScalingFit> fit_to(ScalingLaw law, std::span<const Cell* const> cells) {
  constexpr std::size_t times = 2000;  // that the ends of intervals are steady
  std::vector<const Series*> walls;
  std::vector<double> medians, contention, coherence, peak;
  std::size_t fewest = cells.empty() ? 0 : cells.front()->wall.size();
  for (const Cell* cell : cells) {
    walls.push_back(&cell->wall);
    medians.push_back(median(cell->wall.values));
    fewest = std::min(fewest, cell->wall.size());
  }
  const std::vector<Throughput> points = rates(cells, medians);
  const auto found = fit(law, points);
  if (!found) return std::nullopt;
  for_each_resample(walls, resampling_seed, times, [&](std::span<const double> resampled) {
    const auto one = fit(law, rates(cells, resampled));
    if (!one) return;
    contention.push_back(one->contention);
    coherence.push_back(one->coherence);
    peak.push_back(one->peak());
  });
  const auto interval = [fewest](std::vector<double>& values, double value) {
    return Bootstrap(std::move(values), fewest).interval(value, 0.05);
  };
  return ScalingFit{*found, interval(contention, found->contention), interval(coherence, found->coherence),
                    interval(peak, found->peak()), misfit(*found, points)};
}

ScalingCurve curve_of(std::vector<const Cell*> cells, unsigned cores, const Rules& rules) {
  std::sort(cells.begin(), cells.end(), [](const Cell* a, const Cell* b) { return a->workers < b->workers; });
  ScalingCurve curve;
  for (const Cell* cell : cells) curve.points.push_back({cell, serial_fraction(*cells.front(), *cell)});
  curve.enough = enough_workers(curve.points, rules);
  if (cores > 0 && cells.front()->problem.bound != "io")
    std::erase_if(cells, [cores](const Cell* cell) { return cell->workers > cores; });
  curve.lawful = cells.size();
  curve.amdahl = fit_to(ScalingLaw::amdahl, cells);
  curve.universal = fit_to(ScalingLaw::universal, cells);
  return curve;
}

}  // namespace

std::vector<ScalingCurve> scaling_curves(std::span<const Cell> cells, unsigned cores, const Rules& rules) {
  std::vector<ScalingCurve> curves;
  for (const auto& group : groups_by_problem(cells)) {
    std::vector<const Cell*> of_problem;
    for (const Cell& cell : group)
      if (contender(cell, 0).comparable()) of_problem.push_back(&cell);
    const std::vector<std::size_t> choices = backends_and_variants(of_problem);
    std::map<std::size_t, std::vector<const Cell*>> of_choice;
    for (std::size_t i = 0; i < of_problem.size(); ++i) of_choice[choices[i]].push_back(of_problem[i]);
    for (auto& [choice, own] : of_choice)
      if (own.size() > 1) curves.push_back(curve_of(std::move(own), cores, rules));
  }
  return curves;
}

}  // namespace runoff
