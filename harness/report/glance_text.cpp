#include "report/glance_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "support/list.h"

namespace runoff {
namespace {

/// Backends of one verdict.
struct Together {
  std::vector<const SummaryRow*> rows;  ///< the least time first
  Verdict verdict;

  double least_ns() const { return *rows.front()->figures.median_ns; }
};

/// The reference is slower by itself: what it takes says what all the others gain.
std::vector<Together> together(const Contest& contest) {
  std::vector<Together> all;
  for (const SummaryRow& row : contest.rows) {
    if (!row.figures.median_ns) continue;
    const bool alone = row.cell->is_reference() && row.judgement.verdict == Verdict::slower;
    const auto same = std::find_if(all.begin(), all.end(), [&](const Together& one) {
      return !alone && one.verdict == row.judgement.verdict && !one.rows.front()->cell->is_reference();
    });
    (same == all.end() ? all.emplace_back(Together{{}, row.judgement.verdict}) : *same).rows.push_back(&row);
  }
  return all;
}

std::string times_text(const SummaryRow& row) {
  return row.judgement.ratio ? ratio_text(row.judgement.ratio->value) + " ×" : std::string();
}

/// `alone`: nothing else was measured.
std::string words_of(const Together& one, const Names& names, double precision, bool alone) {
  std::vector<std::string> backends;
  for (const SummaryRow* row : one.rows)
    backends.push_back(names.backend(row->cell->backend, row->cell->variant));
  const std::string all = listed(backends, 4, "more");
  switch (one.verdict) {
    case Verdict::fastest:
      return alone ? all : all + " wins";
    case Verdict::tied:
      if (one.rows.front()->judgement.rank == 1 && one.rows.size() > 1)
        return fmt::format("{} tie within {}", all, percent_text(precision));
      return fmt::format("{}: less than {} behind the best", all, percent_text(precision));
    case Verdict::slower:
      if (one.rows.size() == 1) return backends.front();
      return fmt::format("{}; {} more take{} up to {}", backends.front(), one.rows.size() - 1,
                         one.rows.size() == 2 ? "s" : "", times_text(*one.rows.back()));
    case Verdict::inconclusive:
      return all + " may be the best";
    default:
      return fmt::format("{}: {}", all, one.rows.front()->judgement.word);
  }
}

Style colour_of(Verdict verdict) {
  if (verdict == Verdict::fastest || verdict == Verdict::tied) return Style::good;
  return verdict == Verdict::slower ? Style::plain : Style::caution;
}

/// Filled to this share of its length; as long with blanks. At least a trace of it shows.
std::string bar(double share, std::size_t length, const Page& page) {
  const std::size_t steps = page.utf8 ? 8 : 1;  // that a character can be filled by
  const auto filled = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::llround(share * static_cast<double>(length * steps))));
  static constexpr const char* parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  std::string text;
  for (std::size_t i = 0; i < filled / steps; ++i) text += page.utf8 ? "█" : "#";
  text += parts[filled % steps];
  return text + std::string(length - width(text), ' ');
}

/// Right-aligned, and two blanks.
std::string field(const std::string& text, std::size_t wide) {
  return std::string(wide - std::min(wide, width(text)), ' ') + text + "  ";
}

constexpr std::size_t time_width = 7, times_width = 8;  // "20.0 ms", "0.0405 ×"

std::string line(const Together& one, double longest_ns, const Names& names, double precision, bool alone,
                 const Page& page) {
  // A narrow page has room for the words only.
  const std::size_t length = page.width() < 70 ? 0 : std::min<std::size_t>(page.width() / 5, 24);
  const std::string drawn =
      length == 0 ? ""
                  : page.paint(colour_of(one.verdict), bar(one.least_ns() / longest_ns, length, page)) + "  ";
  const std::string figures =
      field(time_text(one.least_ns()), time_width) +
      field(one.rows.front()->judgement.rank == 1 ? "" : times_text(*one.rows.front()), times_width);
  const std::size_t before = 2 + (length == 0 ? 0 : length + 2) + width(figures);
  return "  " + drawn + figures +
         wrapped(words_of(one, names, precision, alone), std::string(before, ' '), page.width(), before) +
         "\n";
}

std::string failed_text(const Contest& contest, const Names& names, const Page& page) {
  std::vector<std::string> failed;
  for (const SummaryRow& row : contest.rows)
    if (is_failure(row.cell->status))
      failed.push_back(fmt::format("{} {}", names.backend(row.cell->backend, row.cell->variant),
                                   to_string(row.cell->status)));
  if (failed.empty()) return {};
  return page.paint(Style::bad, wrapped("  kept out: " + listed(failed), "    ", page.width())) + "\n";
}

}  // namespace

std::string glance_text(const Findings& findings, const Names& names, const Page& page) {
  std::string text;
  for (const Contest& contest : findings.contests) {
    if (findings.is_stop_of_a_sweep(contest)) continue;
    const std::vector<Together> all = together(contest);
    double longest = 0;
    for (const Together& one : all) longest = std::max(longest, one.least_ns());
    text +=
        page.paint(Style::bold, names.problem(contest.problem->workload, contest.problem->parameters)) + "\n";
    for (const Together& one : all)
      text += line(one, longest, names, findings.precision, contest.rows.size() == 1, page);
    text += failed_text(contest, names, page);
  }
  return text;
}

}  // namespace runoff
