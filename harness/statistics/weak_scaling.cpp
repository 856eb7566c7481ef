#include "statistics/weak_scaling.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "statistics/paired_ratio.h"
#include "statistics/pairs.h"
#include "statistics/verdict.h"
#include "support/text.h"

namespace runoff {
namespace {

/// The one parameter in which both differ; nothing where these are none or several.
std::optional<std::size_t> only_difference(const Pairs& a, const Pairs& b) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (found || a[i].first != b[i].first) return std::nullopt;
    found = i;
  }
  return found;
}

/// Whether the parameter at this place is, for each worker, the same of both.
bool grows_with_workers(const Cell& a, const Cell& b, std::size_t place) {
  const auto number = [place](const Cell& cell) {
    return value_number(parse_pairs(cell.problem.parameters)[place].second);
  };
  const auto of_a = number(a), of_b = number(b);
  return of_a && of_b && *of_a > 0 &&
         *of_a * static_cast<double>(b.workers) == *of_b * static_cast<double>(a.workers);
}

/// The place of the parameter that grows with the workers; cells by their workers, at least two.
std::optional<std::size_t> growing_parameter(std::span<const Cell* const> cells) {
  std::optional<std::size_t> found;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const Cell &one = *cells[i - 1], &next = *cells[i];
    const Pairs pairs = parse_pairs(one.problem.parameters), others = parse_pairs(next.problem.parameters);
    if (pairs.size() != others.size()) return std::nullopt;
    const auto place = only_difference(pairs, others);
    if (!place || (found && *found != *place) || !grows_with_workers(one, next, *place)) return std::nullopt;
    found = place;
  }
  return found;
}

WeakCurve curve_of(std::span<const Cell* const> own, std::size_t place, std::span<const Cell> cells) {
  WeakCurve curve{parse_pairs(own.front()->problem.parameters)[place].first, {}};
  for (const Cell* cell : own) {
    WeakCurve::Point point{cell};
    if (const Cell* reference = reference_of(*cell, cells))
      point.speedup = ratio_estimate(reference->wall, cell->wall);
    if (point.speedup) {
      const auto workers = static_cast<double>(cell->workers);
      point.efficiency = Estimate{point.speedup->value / workers, point.speedup->low / workers,
                                  point.speedup->high / workers};
    }
    curve.points.push_back(point);
  }
  return curve;
}

}  // namespace

std::vector<WeakCurve> weak_curves(std::span<const Cell> cells) {
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<const Cell*>> of_choice;
  for (const Cell& cell : cells)
    if (contender(cell, 0).comparable() && !cell.is_reference())
      of_choice[{cell.problem.workload, cell.backend, cell.variant}].push_back(&cell);
  std::vector<WeakCurve> curves;
  for (auto& [choice, own] : of_choice) {
    std::stable_sort(own.begin(), own.end(),
                     [](const Cell* a, const Cell* b) { return a->workers < b->workers; });
    if (own.size() < 2) continue;
    if (const auto place = growing_parameter(own)) curves.push_back(curve_of(own, *place, cells));
  }
  return curves;
}

}  // namespace runoff
