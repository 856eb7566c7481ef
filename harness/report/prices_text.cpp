#include "report/prices_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/table.h"
#include "report/units.h"
#include "report/wrap.h"
#include "support/list.h"
#include "support/scale.h"
#include "support/text.h"

namespace runoff {
namespace {

Scale scale_of(double value, std::string_view unit) {
  return unit == "bytes" ? Scale::of_bytes(value) : Scale::of_short_time(value);
}

/// "crashed: killed by signal 9": why a backend has no price.
std::string reason(const PriceRow& row) {
  for (const Sample& sample : row.cell->samples)
    if (sample.status == row.cell->status && !sample.detail.empty())
      return row.judgement.word + ": " + sample.detail.substr(0, sample.detail.find_first_of("\r\n"));
  return row.judgement.word;
}

std::string name_of(const PriceRow& row, std::span<const PriceRow> rows, const Names& names) {
  return names.backend(row.cell->backend, row.cell->variant) + price_distinction(row, rows);
}

void add(Table& table, const PriceRow& row, std::span<const PriceRow> rows, const Names& names) {
  const Verdict verdict = row.judgement.verdict;
  // What is surely cheapest counts as fastest, also where it is bytes.
  const std::string word = verdict == Verdict::fastest  ? "least"
                           : verdict == Verdict::slower ? "more"
                                                        : row.judgement.word;
  const std::string name = name_of(row, rows, names);
  const std::string workers = std::to_string(row.cell->workers);
  if (!row.value) {
    table.add({{""}, {name}, {workers}, {""}, {""}, {reason(row), style_of(verdict)}});
    return;
  }
  const Scale scale = scale_of(*row.value, row.unit);
  const std::string interval =
      row.interval ? scale.number(row.interval->low) + " – " + scale.number(row.interval->high) : "";
  table.add({{""},
             {name, verdict == Verdict::fastest ? Style::bold : Style::plain},
             {workers},
             {scale.text(*row.value)},
             {interval, Style::dim},
             {word, style_of(verdict)}});
}

/// "180 ns with 2 workers (fork or tbb)": of rows with as many workers; empty where none could be judged.
std::string least_text(std::span<const PriceRow> group, std::span<const PriceRow> rows, const Names& names) {
  std::vector<std::string> open;
  const PriceRow* least = nullptr;
  for (const PriceRow& row : group) {
    const Verdict verdict = row.judgement.verdict;
    if (row.judgement.rank == std::size_t{1}) least = &row;
    if (verdict == Verdict::fastest || verdict == Verdict::tied || verdict == Verdict::inconclusive)
      open.push_back(name_of(row, rows, names));
  }
  if (least == nullptr) return {};
  return fmt::format("{} with {} ({})", price_text(*least->value, least->unit),
                     workers_text(least->cell->workers), either(open, 3));
}

/// The rows at the beginning that are like the first.
template <class Like>
std::span<const PriceRow> run_of(std::span<const PriceRow> rows, Like like) {
  const auto end = std::find_if_not(rows.begin(), rows.end(), like);
  return rows.first(static_cast<std::size_t>(end - rows.begin()));
}

}  // namespace

std::string price_distinction(const PriceRow& row, std::span<const PriceRow> rows) {
  std::string text;
  for (const auto& pair : parse_pairs(row.cell->problem.parameters)) {
    const bool varies = std::any_of(rows.begin(), rows.end(), [&](const PriceRow& other) {
      const auto pairs = parse_pairs(other.cell->problem.parameters);
      return other.price == row.price && other.cell->workers == row.cell->workers &&
             other.cell->problem.workload == row.cell->problem.workload &&
             std::find(pairs.begin(), pairs.end(), pair) == pairs.end();
    });
    if (varies) text += " " + pair.first + "=" + pair.second;
  }
  return text;
}

std::string price_text(double value, std::string_view unit) { return scale_of(value, unit).text(value); }

std::vector<PriceAnswer> price_answers(std::span<const PriceRow> rows, const Names& names) {
  std::vector<PriceAnswer> answers;
  for (auto rest = rows; !rest.empty();) {
    const auto of_price = run_of(rest, [&](const PriceRow& row) { return row.price == rest.front().price; });
    rest = rest.subspan(of_price.size());
    std::vector<std::string> parts;
    for (auto some = of_price; !some.empty();) {
      const std::int64_t workers = some.front().cell->workers;
      const auto group =
          run_of(some, [workers](const PriceRow& row) { return row.cell->workers == workers; });
      some = some.subspan(group.size());
      if (std::string part = least_text(group, rows, names); !part.empty()) parts.push_back(std::move(part));
    }
    const std::string& price = of_price.front().price;
    answers.push_back({price, parts.empty() ? "No verdict: no backend has samples enough that are right."
                                            : fmt::format("The least is {}.", fmt::join(parts, ", "))});
  }
  return answers;
}

std::string prices_text(std::span<const PriceRow> rows, const Names& names, const Page& page) {
  if (rows.empty()) return {};
  Table table({Align::left, Align::left, Align::right, Align::right, {Align::left, 1}, Align::left});
  table.add({{""},
             {"backend", Style::dim},
             {"workers", Style::dim},
             {"price", Style::dim},
             {"95 % interval", Style::dim},
             {"", Style::dim}});
  const PriceRow* before = nullptr;
  for (const PriceRow& row : rows) {
    if (before == nullptr || before->price != row.price) table.add({{row.price, Style::bold}});
    // Left out: a price that a backend has no way to pay is no line, but the CSV has it.
    if (row.value || row.cell->status != Status::unsupported) add(table, row, rows, names);
    before = &row;
  }
  const std::string title = "Price list";
  const std::string about =
      "  ·  medians over processes; nothing is subtracted; docs/costs.md says what each is";
  const std::string notes =
      "Verdicts compare backends with as many workers, by the ratio to the least, whichever it is: least, "
      "surely "
      "less than all others; more, surely more than another; tied, surely about as little as the least.";
  return page.paint(Style::bold, title) +
         page.paint(Style::dim, wrapped(about, "  ", page.width(), width(title))) + "\n" + table.text(page) +
         page.paint(Style::dim, "  " + wrapped(notes, "  ", page.width(), 2)) + "\n";
}

}  // namespace runoff
