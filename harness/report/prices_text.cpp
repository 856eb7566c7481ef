#include "report/prices_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "report/table.h"
#include "statistics/pairs.h"

namespace runoff {
namespace {

Style style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::fastest:
    case Verdict::tied:
      return Style::good;
    case Verdict::slower:
      return Style::plain;
    case Verdict::inconclusive:
    case Verdict::too_few:
      return Style::caution;
    case Verdict::kept_out:
      return Style::bad;
  }
  return Style::plain;
}

struct Step {
  double from;  ///< the least value that is written in it
  const char* name;
};
constexpr std::array<Step, 4> times{{{0, "ns"}, {1e3, "µs"}, {1e6, "ms"}, {1e9, "s"}}};
constexpr std::array<Step, 4> sizes{{{0, "B"}, {1024, "KiB"}, {1048576, "MiB"}, {1073741824, "GiB"}}};

const Step& step_for(double value, std::string_view unit) {
  const auto& steps = unit == "bytes" ? sizes : times;
  std::size_t i = steps.size() - 1;
  while (i > 0 && value < steps[i].from) --i;
  return steps[i];
}

std::string number(double value, const Step& step) {
  const double shown = step.from > 0 ? value / step.from : value;
  const int digits = shown > 0 ? static_cast<int>(std::floor(std::log10(shown) + 1e-9)) : 0;
  return fmt::format("{:.{}f}", shown, std::clamp(2 - digits, 0, 4));
}

/// "crashed: killed by signal 9": why a backend has no price.
std::string reason(const PriceRow& row) {
  for (const Sample& sample : row.cell.samples)
    if (sample.status == row.cell.status && !sample.detail.empty())
      return row.judgement.word + ": " + sample.detail.substr(0, sample.detail.find_first_of("\r\n"));
  return row.judgement.word;
}

/// " grain=10": the parameters in which the row differs from others of its price and number of workers.
std::string distinction(const PriceRow& row, std::span<const PriceRow> rows) {
  std::string text;
  for (const auto& pair : split_pairs(row.cell.problem.parameters)) {
    const bool varies = std::any_of(rows.begin(), rows.end(), [&](const PriceRow& other) {
      const auto pairs = split_pairs(other.cell.problem.parameters);
      return other.price == row.price && other.cell.workers == row.cell.workers &&
             other.cell.problem.workload == row.cell.problem.workload &&
             std::find(pairs.begin(), pairs.end(), pair) == pairs.end();
    });
    if (varies) text += " " + pair.first + "=" + pair.second;
  }
  return text;
}

void add(Table& table, const PriceRow& row, std::span<const PriceRow> rows, const Names& names) {
  const Verdict verdict = row.judgement.verdict;
  // What is cheapest counts as fastest, also where it is bytes.
  const std::string word = verdict == Verdict::fastest  ? "least"
                           : verdict == Verdict::slower ? "more"
                                                        : row.judgement.word;
  const std::string name = names.backend(row.cell.backend, row.cell.variant) + distinction(row, rows);
  const std::string workers = std::to_string(row.cell.workers);
  if (!row.value) {
    table.add({{""}, {name}, {workers}, {""}, {""}, {reason(row), style_of(verdict)}});
    return;
  }
  const Step& step = step_for(*row.value, row.unit);
  const std::string interval =
      row.interval ? number(row.interval->low, step) + " – " + number(row.interval->high, step) : "";
  table.add({{""},
             {name, verdict == Verdict::fastest ? Style::bold : Style::plain},
             {workers},
             {number(*row.value, step) + " " + step.name},
             {interval, Style::dim},
             {word, style_of(verdict)}});
}

}  // namespace

std::string price_text(double value, std::string_view unit) {
  const Step& step = step_for(value, unit);
  return number(value, step) + " " + step.name;
}

std::string prices_text(std::span<const PriceRow> rows, const Names& names, const Painter& paint) {
  if (rows.empty()) return {};
  Table table({Align::left, Align::left, Align::right, Align::right, Align::left, Align::left});
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
    if (row.value || row.cell.status != Status::unsupported) add(table, row, rows, names);
    before = &row;
  }
  return paint(Style::bold, "Price list") +
         paint(Style::dim,
               "  ·  medians over processes; nothing is subtracted; docs/costs.md says what each is") +
         "\n" + table.text(paint) +
         paint(
             Style::dim,
             "  Verdicts compare backends with as many workers, by the ratio to the least, with Holm's "
             "correction. tied:\n"
             "  surely less than 3 % more. Not in this list, as no sample shows it: what a thread, a forked "
             "and a spawned\n"
             "  process cost by hand, and what follows when a worker is killed; for these run bin/prices.") +
         "\n";
}

}  // namespace runoff
