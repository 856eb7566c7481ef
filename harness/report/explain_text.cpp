#include "report/explain_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "report/names.h"
#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "support/list.h"

namespace runoff {
namespace {

// From how much longer executions take with stamps, what is read off them is no more about the backend.
constexpr double much_slower = 1.15;
// How much longer they may take than when they were compared, until it is another machine.
constexpr double otherwise = 1.25;

constexpr const char* legend_of_shares =
    "useful: the serial time of the same tasks. slower: tasks that took longer on a processor. no core: "
    "others "
    "had it. locked: tasks that waited longer than in serial. I/O: tasks that waited as in serial. "
    "scheduling: "
    "handing out, starting, joining. imbalance: waiting for tasks of other workers. idle: workers without "
    "any. "
    "stamping: what it took to stamp; stamps: how many times as long an execution took with them. load "
    "balance "
    "and scaling of work: as in the POP model. One sample a cell, which no verdict counts; docs/explain.md.";

struct PartColumn {
  const char* head;
  double Parts::*part;
};
constexpr std::array<PartColumn, 10> part_columns{{{"useful", &Parts::useful},
                                                   {"slower", &Parts::slower},
                                                   {"no core", &Parts::displaced},
                                                   {"locked", &Parts::contended},
                                                   {"I/O", &Parts::io},
                                                   {"scheduling", &Parts::scheduling},
                                                   {"imbalance", &Parts::imbalance},
                                                   {"idle", &Parts::idle},
                                                   {"stamping", &Parts::stamping},
                                                   {"not told apart", &Parts::untold}}};

double share(const Explanation& one, double Parts::*part) {
  const double all = one.analysis.parts.sum();
  return all > 0 ? one.analysis.parts.*part / all : 0;
}

std::string whole_percent(double value) {
  const double percent = value * 100;
  if (percent < 0.05) return "";
  return percent < 0.5 ? "<1 %" : fmt::format("{:.0f} %", percent);
}

std::string explained_heading(const Explanation& first, const Page& page) {
  return page.paint(Style::bold, first.workload) +
         page.paint(Style::dim, wrapped(fmt::format(" {}  ·  {}-bound, {}  ·  shares of workers × time",
                                                    spelled(first.parameters), first.bound, first.shape),
                                        "  ", page.width(), width(first.workload))) +
         "\n";
}

std::string shares_table(std::span<const Explanation> all, const Page& page) {
  std::vector<PartColumn> shown;
  for (const PartColumn& column : part_columns)
    if (column.part == &Parts::useful || std::any_of(all.begin(), all.end(), [&](const auto& one) {
          return share(one, column.part) >= 0.0005;
        }))
      shown.push_back(column);
  std::vector<Table::Column> columns{Align::left, Align::right, Align::right};
  Table::Row heads{{"backend", Style::dim}, {"workers", Style::dim}, {"time", Style::dim}};
  for (const PartColumn& column : shown) {
    columns.emplace_back(Align::right);
    heads.push_back({column.head, Style::dim});
  }
  for (const char* head : {"load balance", "scaling of work", "stamps"}) {
    columns.emplace_back(Align::right, 1);
    heads.push_back({head, Style::dim});
  }
  Table table(std::move(columns));
  table.add(std::move(heads));
  for (const Explanation& one : all) {
    const auto largest = std::max_element(shown.begin() + 1, shown.end(), [&](const auto& a, const auto& b) {
      return share(one, a.part) < share(one, b.part);
    });
    Table::Row row{{one.label}, {std::to_string(one.workers)}, {time_text(one.analysis.wall_ns)}};
    for (auto column = shown.begin(); column != shown.end(); ++column)
      row.push_back({whole_percent(share(one, column->part)),
                     column == largest && share(one, column->part) >= 0.05 ? Style::caution : Style::plain});
    const bool seen = one.analysis.seen;
    row.push_back({seen ? fmt::format("{:.2f}", one.analysis.efficiency.load_balance) : ""});
    row.push_back({seen ? fmt::format("{:.2f}", one.analysis.efficiency.computation) : ""});
    row.push_back({one.slowdown > 0 && seen ? ratio_text(one.slowdown) + " ×" : "",
                   one.slowdown > much_slower ? Style::caution : Style::plain});
    table.add(std::move(row));
  }
  return table.text(page);
}

/// What a reader must know before the shares are believed.
std::vector<std::string> caveats(const Explanation& one) {
  std::vector<std::string> found;
  if (one.analysis.seen && one.slowdown > much_slower)
    found.push_back(fmt::format(
        "{}: with stamps an execution takes {} × as long, so its other shares are less than exact.",
        one.label, ratio_text(one.slowdown)));
  if (one.dropped > 0)
    found.push_back(
        fmt::format("{}: {} chunks found no room to be stamped; executions that they belong to are left out.",
                    one.label, one.dropped));
  return found;
}

/// "tbb and fork took 0.22 to 0.24 × as long now as in the run: ..."; empty where all took about as long.
std::string change_since(std::span<const Explanation> all) {
  std::vector<std::string> labels;
  double least = 0, most = 0;
  for (const Explanation& one : all) {
    if (one.to_compared <= otherwise && one.to_compared >= 1 / otherwise) continue;
    if (one.to_compared <= 0) continue;  // not known
    least = labels.empty() ? one.to_compared : std::min(least, one.to_compared);
    most = std::max(most, one.to_compared);
    labels.push_back(one.label);
  }
  if (labels.empty()) return {};
  const std::string low = ratio_text(least), high = ratio_text(most);
  return fmt::format("{} took {} × as long now as in the run: something else on this machine has changed.",
                     listed(labels, 6), low == high ? low : low + " to " + high);
}

}  // namespace

std::string explain_text(std::span<const Explanation> explanations, const Page& page) {
  if (explanations.empty()) return {};
  std::string text = explained_heading(explanations.front(), page) + shares_table(explanations, page);
  for (const Explanation& one : explanations)
    text += "  " + page.paint(Style::bold, "→") + wrapped(" " + one.sentence, "    ", page.width(), 3) + "\n";
  for (const Explanation& one : explanations)
    for (const std::string& caveat : caveats(one))
      text += page.paint(Style::caution, "  ! " + wrapped(caveat, "    ", page.width(), 4)) + "\n";
  if (const std::string changed = change_since(explanations); !changed.empty())
    text += page.paint(Style::caution, "  ! " + wrapped(changed, "    ", page.width(), 4)) + "\n";
  return text;
}

std::string explain_legend(const Page& page) {
  return page.paint(Style::dim, wrapped(legend_of_shares, "", page.width())) + "\n";
}

}  // namespace runoff
