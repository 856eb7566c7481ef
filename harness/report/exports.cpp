#include "report/exports.h"

#include <fmt/format.h>

#include "report/answers.h"
#include "report/html_data.h"
#include "report/units.h"
#include "support/json.h"

namespace runoff {
namespace {

/// Text that stands in a table, and is read as it is: no mark-up, no end of its field.
std::string plain(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      safe += ' ';
      continue;
    }
    if (std::string_view("|\\`*_<>[]&").find(c) != std::string_view::npos) safe += '\\';
    safe += c;
  }
  return safe;
}

std::string interval_of(const std::optional<Estimate>& interval, std::string (*text)(double)) {
  return interval ? fmt::format("{} – {}", text(interval->low), text(interval->high)) : std::string();
}

std::string contest_table(const Contest& contest, const Names& names) {
  std::string text = fmt::format(
      "### {}\n\n| backend | workers | time | 95 % interval | speed-up | verdict |\n"
      "| --- | ---: | ---: | --- | ---: | --- |\n",
      plain(names.problem(contest.problem->workload, contest.problem->parameters)));
  for (const SummaryRow& row : contest.rows)
    text += fmt::format(
        "| {} | {} | {} | {} | {} | {} |\n", plain(names.backend(row.cell->backend, row.cell->variant)),
        row.cell->workers, row.figures.median_ns ? time_text(*row.figures.median_ns) : "",
        interval_of(row.figures.interval, time_text),
        row.figures.speedup ? ratio_text(*row.figures.speedup) + " ×" : "", plain(row.judgement.word));
  return text + "\n";
}

}  // namespace

std::string markdown_report(const LoadedRun& run, const Findings& findings, const Names& names) {
  std::string text;
  for (const PlainAnswer& answer : answers(findings, names))
    text += fmt::format("- **{}**: {}\n", plain(answer.about), plain(answer.sentence));
  if (const std::string machine = run.machine.text(); !machine.empty())
    text += fmt::format("\nMeasured on {}.\n", plain(machine));
  text += "\n";
  for (const Contest& contest : findings.contests) text += contest_table(contest, names);
  return text;
}

std::string json_report(const LoadedRun& run, const Findings& findings, const Names& names) {
  return to_text(html_data(run, findings, names), 1) + "\n";
}

}  // namespace runoff
