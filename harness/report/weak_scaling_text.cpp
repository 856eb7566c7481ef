#include "report/weak_scaling_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "statistics/groups.h"
#include "support/text.h"

namespace runoff {
namespace {

/// Beyond so many numbers of workers a line with all intervals is too long.
constexpr std::size_t most_with_intervals = 4;

/// "0.98 (0.95 – 1.02)".
std::string efficiency_text(const std::optional<Estimate>& share, bool interval) {
  if (!share) return "";
  if (!interval) return ratio_text(share->value);
  return fmt::format("{} ({} – {})", ratio_text(share->value), ratio_text(share->low),
                     ratio_text(share->high));
}

/// "n=250000 with 1 worker".
std::string growth_text(const WeakCurve& curve) {
  const Cell& first = *curve.points.front().cell;
  std::string value;
  for (const auto& [name, text] : parse_pairs(first.problem.parameters))
    if (name == curve.parameter) value = text;
  return fmt::format("{}={} with {}", curve.parameter, value, workers_text(first.workers));
}

}  // namespace

std::string weak_scaling_title(const WeakCurve& curve) {
  return fmt::format("{}: where each worker brings work of its own ({}, and as many times more)",
                     curve.points.front().cell->problem.workload, growth_text(curve));
}

std::vector<std::span<const WeakCurve>> by_workload(std::span<const WeakCurve> curves) {
  return groups_of(curves, [](const WeakCurve& a, const WeakCurve& b) {
    return a.points.front().cell->problem.workload == b.points.front().cell->problem.workload;
  });
}

std::string weak_scaling_text(std::span<const WeakCurve> curves, const Names& names, const Page& page) {
  std::set<std::int64_t> workers;
  for (const WeakCurve& curve : curves)
    for (const auto& point : curve.points) workers.insert(point.cell->workers);
  const bool intervals = workers.size() <= most_with_intervals;
  std::vector<Table::Column> aligned{Align::left};
  Table::Row heads{{"backend", Style::dim}};
  for (const std::int64_t number : workers) {
    aligned.push_back(Align::left);
    heads.push_back({intervals ? workers_text(number) : std::to_string(number), Style::dim});
  }
  Table table(aligned);
  table.add(heads);
  for (const WeakCurve& curve : curves) {
    const Cell& cell = *curve.points.front().cell;
    Table::Row row{{names.backend(cell.backend, cell.variant)}};
    for (const std::int64_t number : workers) {
      const auto point = std::find_if(curve.points.begin(), curve.points.end(),
                                      [number](const auto& one) { return one.cell->workers == number; });
      row.push_back({point == curve.points.end() ? "" : efficiency_text(point->efficiency, intervals)});
    }
    table.add(std::move(row));
  }
  const std::string note =
      "Weak scaling: the speed-up over serial on the same problem, by worker (Gustafson 1988). 1 is ideal. " +
      std::string(intervals ? "Intervals: 95 %."
                            : "By number of workers; weak_scaling.csv has the intervals.");
  return page.paint(Style::bold, weak_scaling_title(curves.front())) + "\n" + table.text(page) + "  " +
         page.paint(Style::dim, wrapped(note, "  ", page.width(), 2)) + "\n";
}

}  // namespace runoff
