#include "report/contest_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "statistics/median.h"
#include "support/scale.h"
#include "support/text.h"

namespace runoff {
namespace {

std::string samples_text(const Contest& contest) {
  const auto [fewest, most] = std::minmax_element(contest.rows.begin(), contest.rows.end(),
                                                  [](const SummaryRow& a, const SummaryRow& b) {
                                                    return a.cell->samples.size() < b.cell->samples.size();
                                                  });
  const std::size_t least = fewest->cell->samples.size(), greatest = most->cell->samples.size();
  if (least == greatest) return fmt::format("{} sample{} each", least, least == 1 ? "" : "s");
  return fmt::format("{} to {} samples each", least, greatest);
}

std::string heading(const Contest& contest, const Page& page) {
  const std::string& name = contest.problem->workload;
  std::string about = fmt::format(" {}  ·  {}-bound, {}  ·  {}", spelled(contest.problem->parameters),
                                  contest.problem->bound, contest.problem->shape, samples_text(contest));
  // A speed-up without its base says nothing.
  if (contest.reference != nullptr)
    about += fmt::format("  ·  {} {} = 1 ×", contest.problem->reference_name(),
                         time_text(median(contest.reference->wall.values)));
  return page.paint(Style::bold, name) +
         page.paint(Style::dim, wrapped(about, "  ", page.width(), width(name))) + "\n";
}

// "1 of 6 samples: killed by signal 11": why a cell is kept out.
std::string reason(const Cell& cell) {
  std::size_t bad = 0;
  const Sample* first = nullptr;
  for (const Sample& sample : cell.samples) {
    if (sample.status == Status::ok) continue;
    ++bad;
    if (sample.status == cell.status && (first == nullptr || first->detail.empty())) first = &sample;
  }
  std::string detail = first->detail.substr(0, first->detail.find_first_of("\r\n"));
  if (bad < cell.samples.size())
    detail =
        fmt::format("{} of {} samples{}{}", bad, cell.samples.size(), detail.empty() ? "" : ": ", detail);
  return detail;
}

std::string interval_text(const std::optional<Estimate>& interval, const auto& number) {
  return interval ? fmt::format("{} – {}", number(interval->low), number(interval->high)) : std::string();
}

/// The median over samples of one of their numbers; empty where it is not known.
std::optional<double> median_of(const Cell& cell, Sample::Number Sample::*number) {
  std::vector<double> known;
  for (const Sample& sample : cell.samples)
    if (sample.status == Status::ok && sample.*number)
      known.push_back(static_cast<double>(*(sample.*number)));
  return known.empty() ? std::nullopt : std::optional(median(known));
}

std::string median_text(const Cell& cell, Sample::Number Sample::*time) {
  const auto known = median_of(cell, time);
  return known ? time_text(*known) : std::string();
}

/// "9.87": bytes, as the workload's source counts them, in the median time; empty where it counts none.
std::string bandwidth_text(const SummaryRow& row) {
  const auto bytes = median_of(*row.cell, &Sample::bytes);
  return bytes && row.figures.median_ns ? ratio_text(*bytes / *row.figures.median_ns) : std::string();
}

/// Of results, between workers that share no memory; empty for those that work in place.
std::string copied_text(const SummaryRow& row) {
  const auto bytes = median_of(*row.cell, &Sample::bytes_copied);
  return bytes && *bytes > 0 ? format_bytes(std::llround(*bytes)) : std::string();
}

/// A column that a table has where one of its rows has something to say.
struct Extra {
  const char* head;
  std::string (*text)(const SummaryRow&);
};

std::vector<Extra> extras_of(const Contest& contest) {
  std::vector<Extra> all{
      {"task p99", [](const SummaryRow& row) { return median_text(*row.cell, &Sample::latency_p99_ns); }}};
  // What is copied matters where moving bytes is the work.
  if (contest.problem->bound == "memory")
    all.insert(all.end(), {{"GB/s", bandwidth_text}, {"copied", copied_text}});
  std::erase_if(all, [&](const Extra& extra) {
    return std::all_of(contest.rows.begin(), contest.rows.end(),
                       [&](const SummaryRow& row) { return extra.text(row).empty(); });
  });
  return all;
}

Table::Row table_row(const SummaryRow& row, const Names& names, const std::vector<Extra>& extras) {
  const Cell& cell = *row.cell;
  const Judgement& judged = row.judgement;
  const std::string rank = judged.rank ? std::to_string(*judged.rank) : "";
  const Style strength = judged.verdict == Verdict::fastest ? Style::bold : Style::plain;
  Table::Row fields{{rank, Style::dim},
                    {names.backend(cell.backend, cell.variant), strength},
                    {std::to_string(cell.workers)}};
  const Scale scale = Scale::of_time(*row.figures.median_ns);
  const auto time = [&scale](double ns) { return scale.number(ns); };
  fields.insert(fields.end(), {{scale.text(*row.figures.median_ns), strength},
                               {interval_text(row.figures.interval, time), Style::dim},
                               {row.figures.speedup ? ratio_text(*row.figures.speedup) + " ×" : "", strength},
                               {interval_text(row.figures.speedup_interval, ratio_text), Style::dim},
                               {median_text(cell, &Sample::cpu_ns), Style::dim}});
  for (const Extra& extra : extras) fields.push_back({extra.text(row), Style::dim});
  fields.push_back({judged.word, style_of(judged.verdict)});
  return fields;
}

// Cells that were kept out, at whatever number of workers: a line for each backend and status.
std::string kept_out_text(const Contest& contest, std::span<const Cell> cells, const Names& names,
                          const Page& page) {
  struct Line {
    std::string workers, reason;
  };
  std::map<std::pair<std::string, Status>, Line> lines;
  for (const Cell& cell : cells) {
    if (cell.status == Status::ok || cell.problem != *contest.problem) continue;
    Line& line = lines[{names.backend(cell.backend, cell.variant), cell.status}];
    line.workers += (line.workers.empty() ? "" : ", ") + std::to_string(cell.workers);
    if (line.reason.empty()) line.reason = reason(cell);
  }
  std::string text;
  for (const auto& [what, line] : lines) {
    const auto& [name, status] = what;
    const std::string where =
        fmt::format("  kept out: {} at {} worker{}: ", name, line.workers, line.workers == "1" ? "" : "s");
    const std::string_view word = to_string(status);
    text += where + page.paint(is_failure(status) ? Style::bad : Style::caution, word);
    if (!line.reason.empty())
      text += "," + wrapped(" " + line.reason, "    ", page.width(), width(where) + width(word) + 1);
    text += "\n";
  }
  return text;
}

/// "Differences from about 2.1 % on show here. Open: about 24 samples would settle fork, 40 all.": what this
/// many samples can tell, and how many would tell more. Empty where nothing is compared.
std::string resolution_text(const Contest& contest, const Page& page) {
  std::vector<double> visible;
  unsigned first = 0, all = 0;
  bool known = true, open = false;
  for (const SummaryRow& row : contest.rows) {
    const Judgement& judged = row.judgement;
    if (judged.visible) visible.push_back(*judged.visible);
    if (judged.verdict != Verdict::inconclusive) continue;
    open = true;
    known = known && judged.enough.has_value();
    if (!judged.enough) continue;
    first = first == 0 ? *judged.enough : std::min(first, *judged.enough);
    all = std::max(all, *judged.enough);
  }
  constexpr double least = 1e-4;  // times are told with three digits
  if (visible.empty() || median(visible) < least) return {};
  std::string text = fmt::format("Differences from about {} on show here.", percent_text(median(visible)));
  if (open && known && all == first)
    text += fmt::format(" About {} samples would settle what is inconclusive.", all);
  else if (open && all > 0)
    text += fmt::format(" About {} samples would settle the first that is inconclusive, {} all.", first,
                        known ? std::to_string(all) : "far more");
  else if (open)
    text += " Samples of any number may not settle what is inconclusive: it is too near to the precision.";
  return "  " + page.paint(Style::dim, wrapped(text, "  ", page.width(), 2)) + "\n";
}

}  // namespace

std::string contest_text(const Contest& contest, std::span<const Cell> cells, const Names& names,
                         const Page& page) {
  const std::vector<Extra> extras = extras_of(contest);
  // Where the page is too narrow the speed-up's interval is what is left of the three; the answer has it too.
  std::vector<Table::Column> columns{Align::right,     Align::left,  Align::right,     Align::right,
                                     {Align::left, 2}, Align::right, {Align::left, 1}, {Align::right, 3}};
  Table::Row heads{{""},
                   {"backend", Style::dim},
                   {"workers", Style::dim},
                   {"time", Style::dim},
                   {"95 % interval", Style::dim},
                   {"speed-up", Style::dim},
                   {"95 % interval", Style::dim},
                   {"CPU time", Style::dim}};
  for (const Extra& extra : extras) {
    columns.push_back({Align::right, 4});
    heads.push_back({extra.head, Style::dim});
  }
  columns.push_back(Align::left);
  heads.push_back({"verdict", Style::dim});
  Table table(columns);
  table.add(heads);
  for (const SummaryRow& row : contest.rows)
    if (row.figures.median_ns) table.add(table_row(row, names, extras));
  return heading(contest, page) + (contest.rows.front().figures.median_ns ? table.text(page) : "") +
         resolution_text(contest, page) + kept_out_text(contest, cells, names, page);
}

}  // namespace runoff
