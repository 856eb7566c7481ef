#include "report/scaling_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "statistics/groups.h"

namespace runoff {
namespace {

/// "1.2 % (0.8 – 1.9)": a share of 1 with its interval.
std::string share_text(const Estimate& share) {
  const auto number = [](double value) {
    return fmt::format("{:.{}f}", value * 100, std::abs(value) < 0.1 ? 1 : 0);
  };
  return fmt::format("{} % ({} – {})", number(share.value), number(share.low), number(share.high));
}

/// "8 (4 – 8)"; without the ends where they say no more; "beyond 8" where the most surely pay.
std::string enough_text(const ScalingCurve& curve) {
  const EnoughWorkers& enough = curve.enough;
  const std::int64_t most = curve.points.back().cell->workers;
  if (enough.low == most) return fmt::format("beyond {}", most);
  if (enough.high == enough.value && enough.low == enough.value) return std::to_string(enough.value);
  return fmt::format("{} ({} – {})", enough.value, enough.low,
                     enough.high ? std::to_string(*enough.high) : "?");
}

std::string karp_flatt_text(const ScalingCurve& curve) {
  if (curve.lawful == 0) return "";
  const auto& last = curve.points[curve.lawful - 1];
  if (!last.serial_fraction) return "";
  return fmt::format("{} at {}", share_text(*last.serial_fraction), last.cell->workers);
}

std::string amdahl_text(const ScalingCurve& curve) {
  if (!curve.amdahl) return "";
  if (!curve.amdahl->describes()) return fmt::format("misses by {}", percent_text(curve.amdahl->misfit));
  return share_text(curve.amdahl->contention);
}

std::string universal_text(const ScalingCurve& curve) {
  if (!curve.universal) return "";
  const ScalingFit& fit = *curve.universal;
  if (!fit.describes()) return fmt::format("misses by {}", percent_text(fit.misfit));
  std::string text = fmt::format("σ {}, κ {:.2g} ({:.2g} – {:.2g})", share_text(fit.contention),
                                 fit.coherence.value, fit.coherence.low, fit.coherence.high);
  if (std::isfinite(fit.peak.value)) text += fmt::format(", peak at {:.0f}", fit.peak.value);
  return text;
}

struct Column {
  const char* head;
  std::string (*text)(const ScalingCurve&);
};

}  // namespace

std::vector<std::span<const ScalingCurve>> by_problem(std::span<const ScalingCurve> curves) {
  return groups_of(curves, [](const ScalingCurve& a, const ScalingCurve& b) {
    return a.points.front().cell->problem == b.points.front().cell->problem;
  });
}

std::string scaling_text(std::span<const ScalingCurve> curves, const Names& names, const Page& page) {
  std::vector<Column> columns{{"more do not pay from", enough_text},
                              {"serial fraction (Karp–Flatt)", karp_flatt_text},
                              {"Amdahl", amdahl_text},
                              {"Universal Scalability", universal_text}};
  std::erase_if(columns, [&](const Column& column) {
    return std::all_of(curves.begin(), curves.end(),
                       [&](const auto& one) { return column.text(one).empty(); });
  });
  std::vector<Table::Column> aligned{Align::left};
  Table::Row heads{{"backend", Style::dim}};
  for (const Column& column : columns) {
    aligned.push_back(Align::left);
    heads.push_back({column.head, Style::dim});
  }
  Table table(aligned);
  table.add(heads);
  bool fitted = false;
  for (const ScalingCurve& curve : curves) {
    const Cell& cell = *curve.points.front().cell;
    Table::Row row{{names.backend(cell.backend, cell.variant)}};
    for (const Column& column : columns) row.push_back({column.text(curve)});
    table.add(std::move(row));
    fitted |= curve.amdahl.has_value();
  }
  const Problem& problem = curves.front().points.front().cell->problem;
  const std::string title = names.problem(problem.workload, problem.parameters) + ": what more workers bring";
  const std::string note =
      fitted ? "Intervals: 95 %, by bootstrap over rounds. More pay where they make it faster by more than "
               "the precision."
             : "No law of scaling is fitted: Amdahl's takes 3 numbers of workers, the Universal Scalability "
               "Law 4, none of "
               "them more than there are cores where processors do the work (--workers 1,2,3,4).";
  return page.paint(Style::bold, title) + "\n" + table.text(page) + "  " +
         page.paint(Style::dim, wrapped(note, "  ", page.width(), 2)) + "\n";
}

}  // namespace runoff
