#include "statistics/host_scaling.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "statistics/median.h"
#include "statistics/paired_ratio.h"

namespace runoff {
namespace {

const WorkersOnHosts* place_of(const Cell& cell, std::span<const WorkersOnHosts> places) {
  const auto found = std::find_if(places.begin(), places.end(), [&cell](const WorkersOnHosts& one) {
    return one.backend == cell.backend && one.workers == cell.workers;
  });
  return found == places.end() ? nullptr : &*found;
}

Estimate times(const Estimate& one, double factor) {
  return {one.value * factor, one.low * factor, one.high * factor};
}

/// Per task, by how much longer the whole took.
std::optional<Estimate> added(const Cell& base, const Cell& cell) {
  const auto tasks = cell.samples.front().tasks;
  const auto longer = ratio_estimate(cell.wall, base.wall);
  if (cell.problem.bound != "runtime" || !tasks || *tasks < 1 || !longer) return std::nullopt;
  const double each = median(base.wall.values) / static_cast<double>(*tasks);
  return Estimate{(longer->value - 1) * each, (longer->low - 1) * each, (longer->high - 1) * each};
}

/// Nothing where the cells, which are sorted by workers, are not on one host first and on several then.
std::optional<HostCurve> host_curve(std::span<const Cell* const> own, const std::string& grows,
                                    std::span<const WorkersOnHosts> places) {
  HostCurve curve{grows, {}, 0};
  for (const Cell* cell : own)
    if (const WorkersOnHosts* where = place_of(*cell, places)) curve.points.push_back({cell, where});
  const auto alone = [](const HostCurve::Point& point) { return point.where->hosts.size() == 1; };
  const auto first = std::find_if_not(curve.points.begin(), curve.points.end(), alone);
  curve.one_host = static_cast<std::size_t>(first - curve.points.begin());
  if (curve.one_host == 0 || first == curve.points.end()) return std::nullopt;
  const Cell& base = *curve.points[curve.one_host - 1].cell;
  for (std::size_t i = curve.one_host; i < curve.points.size(); ++i) {
    HostCurve::Point& point = curve.points[i];
    const auto faster = ratio_estimate(base.wall, point.cell->wall);
    const double more = static_cast<double>(point.cell->workers) / static_cast<double>(base.workers);
    if (faster) point.gain = grows.empty() ? *faster : times(*faster, more);
    if (faster) point.efficiency = times(*point.gain, 1 / more);
    if (grows.empty()) point.added_ns = added(base, *point.cell);
  }
  return curve;
}

}  // namespace

std::vector<HostCurve> host_curves(std::span<const Cell> cells, std::span<const WeakCurve> weak,
                                   std::span<const WorkersOnHosts> places) {
  std::map<std::tuple<Problem, std::string, std::string>, std::vector<const Cell*>> of_choice;
  for (const Cell& cell : cells)
    if (cell.comparable()) of_choice[{cell.problem, cell.backend, cell.variant}].push_back(&cell);
  std::vector<HostCurve> curves;
  for (auto& [choice, own] : of_choice) {
    std::stable_sort(own.begin(), own.end(),
                     [](const Cell* a, const Cell* b) { return a->workers < b->workers; });
    if (auto curve = host_curve(own, "", places)) curves.push_back(std::move(*curve));
  }
  for (const WeakCurve& one : weak) {
    std::vector<const Cell*> own;
    for (const auto& point : one.points) own.push_back(point.cell);
    if (auto curve = host_curve(own, one.parameter, places)) curves.push_back(std::move(*curve));
  }
  return curves;
}

}  // namespace runoff
