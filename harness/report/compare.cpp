#include "report/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <vector>

#include "report/load.h"
#include "report/names.h"
#include "report/page.h"
#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "statistics/changes.h"
#include "statistics/median.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/list.h"
#include "support/text.h"

namespace runoff {
namespace {

/// What keeps two runs from being compared, a line each.
std::vector<std::string> obstacles(const LoadedRun& before, const LoadedRun& after) {
  std::vector<std::string> found;
  const auto differ = [&found](const char* what, const std::string& a, const std::string& b) {
    if (a != b && !a.empty() && !b.empty())
      found.push_back(fmt::format("{}: {} before, {} after", what, a, b));
  };
  const auto cores = [](const MachineFacts& machine) {
    return machine.cores ? std::to_string(*machine.cores) : std::string();
  };
  differ("processor", before.machine.processor, after.machine.processor);
  differ("cores", cores(before.machine), cores(after.machine));
  differ("placement", before.setup.placement, after.setup.placement);
  differ("turns", before.setup.turns, after.setup.turns);
  differ("large memory", before.setup.pages, after.setup.pages);
  return found;
}

/// Workloads that both ran, each with other parameters only.
std::vector<std::string> other_parameters(std::span<const Cell> before, std::span<const Cell> after) {
  std::vector<std::string> found;
  for (const Cell& cell : after) {
    const Cell* other = nullptr;
    bool same = false;
    for (const Cell& earlier : before) {
      if (earlier.problem.workload != cell.problem.workload) continue;
      other = &earlier;
      same = same || earlier.problem.parameters == cell.problem.parameters;
    }
    if (other == nullptr || same) continue;
    const std::string line =
        fmt::format("{}:{} before,{} after", cell.problem.workload, spelled(other->problem.parameters),
                    spelled(cell.problem.parameters));
    if (std::find(found.begin(), found.end(), line) == found.end()) found.push_back(line);
  }
  return found;
}

int severity(Change change) {
  switch (change) {
    case Change::kept_out:
      return 0;
    case Change::slower:
      return 1;
    case Change::faster:
      return 2;
    case Change::inconclusive:
      return 3;
    case Change::too_few:
      return 4;
    case Change::same:
      return 5;
  }
  return 6;
}

Style style_of_change(Change change) {
  switch (change) {
    case Change::slower:
    case Change::kept_out:
      return Style::bad;
    case Change::faster:
      return Style::good;
    case Change::same:
      return Style::plain;
    default:
      return Style::caution;
  }
}

/// What is said of one cell, in words and figures.
struct ChangeLine {
  std::string cell, before, after, ratio, bounds, word;
  Change change = Change::same;
};

std::string time_of_cell(const Cell& cell) {
  return cell.status == Status::ok && cell.wall.size() > 0 ? time_text(median(cell.wall.values))
                                                           : std::string(to_string(cell.status));
}

std::vector<ChangeLine> lines_of(std::span<const ChangedCell> changed, const Names& names) {
  std::vector<ChangeLine> lines;
  for (const ChangedCell& one : changed) {
    ChangeLine line{names.cell(*one.after),
                    time_of_cell(*one.before),
                    time_of_cell(*one.after),
                    "",
                    "",
                    to_word(one.change),
                    one.change};
    if (one.ratio) {
      line.ratio = ratio_text(one.ratio->value) + " ×";
      line.bounds = fmt::format("{} – {}", ratio_text(one.ratio->low), ratio_text(one.ratio->high));
    }
    lines.push_back(std::move(line));
  }
  std::stable_sort(lines.begin(), lines.end(), [](const ChangeLine& a, const ChangeLine& b) {
    return severity(a.change) < severity(b.change);
  });
  return lines;
}

bool got_worse(const ChangedCell& one) {
  return one.change == Change::slower || (one.before->status == Status::ok && is_failure(one.after->status));
}

std::string conclusion(std::span<const ChangedCell> changed, const Names& names, double threshold) {
  std::vector<std::string> slower, faster, broken;
  std::size_t same = 0, open = 0;
  for (const ChangedCell& one : changed) {
    if (one.change == Change::slower) slower.push_back(names.cell(*one.after));
    if (one.change == Change::faster) faster.push_back(names.cell(*one.after));
    if (one.change == Change::kept_out && got_worse(one)) broken.push_back(names.cell(*one.after));
    same += one.change == Change::same;
    open += one.change == Change::inconclusive || one.change == Change::too_few;
  }
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  const std::string more = percent_text(threshold);
  if (!broken.empty()) add("no longer right: " + listed(broken));
  if (!slower.empty()) add(fmt::format("surely more than {} slower: {}", more, listed(slower)));
  if (!faster.empty()) add(fmt::format("surely more than {} faster: {}", more, listed(faster)));
  if (text.empty()) text = "none surely changed by more than " + more;
  return fmt::format("Of {} cell{}, {}; {} surely by less; of {} it is not sure.", changed.size(),
                     changed.size() == 1 ? "" : "s", text, same, open);
}

constexpr const char* apart_note =
    "The two runs were made at different times, so what changed on the machine meanwhile is in these "
    "figures. "
    "'runoff compare --interleave OLD_BUILD' measures two builds side by side.";
constexpr const char* together_note = "Both were measured side by side, and are compared round by round.";

std::string table_text(const std::vector<ChangeLine>& lines, const Page& page) {
  Table table({Align::left, Align::right, Align::right, Align::right, {Align::left, 1}, Align::left});
  table.add({{"cell", Style::dim},
             {"before", Style::dim},
             {"after", Style::dim},
             {"ratio", Style::dim},
             {"surely between", Style::dim},
             {"change", Style::dim}});
  for (const ChangeLine& line : lines)
    table.add({{line.cell},
               {line.before},
               {line.after},
               {line.ratio},
               {line.bounds, Style::dim},
               {line.word, style_of_change(line.change)}});
  return table.text(page);
}

/// Bars would end a field.
std::string escaped(std::string text) {
  for (std::size_t at = 0; (at = text.find_first_of("|\\<", at)) != text.npos; at += 2) text.insert(at, "\\");
  return text;
}

std::string markdown_text(const std::string& sentence, const char* note,
                          const std::vector<ChangeLine>& lines) {
  std::string text = fmt::format(
      "**{}**\n\n{}\n\n| cell | before | after | ratio | surely between | change |\n"
      "| --- | ---: | ---: | ---: | --- | --- |\n",
      escaped(sentence), escaped(note));
  for (const ChangeLine& line : lines)
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", escaped(line.cell), line.before, line.after,
                        line.ratio, line.bounds, line.change == Change::slower ? "**slower**" : line.word);
  return text;
}

/// Throws ReportError.
void require_comparable(const LoadedRun& before, const LoadedRun& after, std::span<const Cell> earlier,
                        std::span<const Cell> later) {
  std::vector<std::string> why = obstacles(before, after);
  for (auto& line : other_parameters(earlier, later)) why.push_back(std::move(line));
  if (why.empty()) return;
  throw ReportError(fmt::format("these runs are not comparable ({}); --force compares them all the same",
                                fmt::join(why, "; ")));
}

bool knows_typical_times(const LoadedRun& run) {
  return std::all_of(run.samples.begin(), run.samples.end(), [](const Sample& sample) {
    return sample.status != Status::ok || sample.typical_ns || !sample.wall_ns;
  });
}

/// Typical executions and means are two things: where a run of an older version has means alone, those of
/// both.
std::vector<Cell> cells_of(const LoadedRun& run, bool typical) {
  std::vector<Cell> cells = gather_cells(run.samples);
  if (!typical)
    for (Cell& cell : cells) cell.wall = mean_times(cell);
  return cells;
}

int compare_runs(const LoadedRun& before, const LoadedRun& after, const CompareOptions& what,
                 std::ostream& out, const Page& page) {
  const bool typical = knows_typical_times(before) && knows_typical_times(after);
  const std::vector<Cell> earlier = cells_of(before, typical), later = cells_of(after, typical);
  if (!what.force) require_comparable(before, after, earlier, later);
  const bool together = !after.interleaved.empty() && before.interleaved == after.interleaved;
  const auto changed = changes(earlier, later, together ? Pairing::together : Pairing::apart, what.threshold);
  if (changed.empty())
    throw ReportError(
        "the two runs have no cell in common: another workload, parameter, backend or number of workers");
  const Names names(after.samples);
  const std::string sentence = conclusion(changed, names, what.threshold);
  const char* note = together ? together_note : apart_note;
  const std::vector<ChangeLine> lines = lines_of(changed, names);
  const std::string markdown = markdown_text(sentence, note, lines);
  if (what.markdown == "-") {
    out << markdown;
  } else {
    out << page.paint(Style::bold, wrapped(sentence, "  ", page.width())) << "\n\n"
        << table_text(lines, page) << '\n'
        << page.paint(Style::dim, wrapped(note, "", page.width())) << '\n';
    if (!what.markdown.empty()) write_file(what.markdown, markdown);
  }
  return std::any_of(changed.begin(), changed.end(), got_worse) ? 1 : 0;
}

}  // namespace

int compare(const std::filesystem::path& before, const std::filesystem::path& after,
            const CompareOptions& what, std::ostream& out, std::ostream& errors,
            const ReportOptions& options) {
  try {
    const Page page{Painter(options.colour), options.terminal_width};
    return compare_runs(load_run(before), load_run(after), what, out, page);
  } catch (const ReportError& error) {
    errors << "runoff: " << printable(error.what()) << '\n';
  } catch (const MachineError& error) {
    errors << "runoff: " << printable(error.what()) << '\n';
  }
  return 3;
}

}  // namespace runoff
