#include "report/host_scaling_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "statistics/median.h"

namespace runoff {
namespace {

/// Beyond so many hosts their names are too long for a table.
constexpr std::size_t most_named = 2;

std::string gain_text(const std::optional<Estimate>& gain) {
  if (!gain) return "";
  return fmt::format("{} ({} – {})", ratio_text(gain->value), ratio_text(gain->low), ratio_text(gain->high));
}

std::string signed_time(double ns) { return (ns < 0 ? "-" : "") + time_text(std::abs(ns)); }

}  // namespace

std::string workers_by_host(const WorkersOnHosts& where, const std::string& between) {
  std::vector<std::string> parts;
  for (const auto& [host, workers] : where.hosts) parts.push_back(fmt::format("{}={}", host, workers));
  return fmt::format("{}", fmt::join(parts, between));
}

std::string where_text(const WorkersOnHosts& where) {
  if (where.hosts.size() == 1) return where.hosts.front().first;
  const auto [least, most] =
      std::minmax_element(where.hosts.begin(), where.hosts.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; });
  if (least->second == most->second) return fmt::format("{} on each", most->second);
  if (where.hosts.size() > most_named) return fmt::format("{} to {} on each", least->second, most->second);
  return workers_by_host(where, ", ");
}

std::string added_text(const std::optional<Estimate>& added_ns) {
  if (!added_ns) return "";
  return fmt::format("{} ({} – {})", signed_time(added_ns->value), signed_time(added_ns->low),
                     signed_time(added_ns->high));
}

std::string host_scaling_title(const HostCurve& curve, const Names& names) {
  const Cell& cell = *curve.points.front().cell;
  const std::string problem =
      curve.grows.empty()
          ? names.problem(cell.problem.workload, cell.problem.parameters)
          : fmt::format("{}, whose {} grows with its workers", cell.problem.workload, curve.grows);
  std::size_t most = 0;
  for (const auto& point : curve.points) most = std::max(most, point.where->hosts.size());
  return fmt::format("{}: {} on 1 to {} hosts", problem, names.backend(cell.backend, cell.variant), most);
}

std::string host_scaling_note(const HostCurve& curve) {
  const std::int64_t base = curve.points[curve.one_host - 1].cell->workers;
  const bool adds = std::any_of(curve.points.begin(), curve.points.end(),
                                [](const auto& point) { return point.added_ns.has_value(); });
  return fmt::format(
      "{}against {} on one host; efficiency: that by how many times more workers there are, 1 is "
      "ideal.{} Intervals: 95 %.",
      curve.grows.empty() ? "Strong scaling. Gain: how much faster, "
                          : "Weak scaling. Gain: how much more work in the same time, ",
      workers_text(base),
      adds ? " Added: how much longer than there a task takes, which is what the network costs." : "");
}

std::string host_scaling_text(const HostCurve& curve, const Names& names, const Page& page) {
  const bool adds = std::any_of(curve.points.begin(), curve.points.end(),
                                [](const auto& point) { return point.added_ns.has_value(); });
  std::vector<Table::Column> columns{Align::right, Align::right, Align::right, Align::left, Align::left};
  Table::Row heads{{"workers", Style::dim},
                   {"hosts", Style::dim},
                   {"time", Style::dim},
                   {"gain", Style::dim},
                   {"efficiency", Style::dim}};
  if (adds) {
    columns.emplace_back(Align::left);
    heads.push_back({"added a task", Style::dim});
  }
  columns.emplace_back(Align::left, 1);
  heads.push_back({"where", Style::dim});
  Table table(columns);
  table.add(heads);
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    const auto& point = curve.points[i];
    if (i == curve.one_host) table.add({{""}, {""}, {""}, {"beyond one host:", Style::dim}});
    Table::Row row{{std::to_string(point.cell->workers)},
                   {std::to_string(point.where->hosts.size())},
                   {time_text(median(point.cell->wall.values))},
                   {gain_text(point.gain)},
                   {gain_text(point.efficiency)}};
    if (adds) row.push_back({added_text(point.added_ns)});
    row.push_back({where_text(*point.where)});
    table.add(std::move(row));
  }
  return page.paint(Style::bold, host_scaling_title(curve, names)) + "\n" + table.text(page) + "  " +
         page.paint(Style::dim, wrapped(host_scaling_note(curve), "  ", page.width(), 2)) + "\n";
}

}  // namespace runoff
