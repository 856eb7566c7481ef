#include "report/prices_csv.h"

#include <fmt/format.h>

namespace runoff {
namespace {

/// A dispatched task may cost a hundredth of a nanosecond.
std::string number(double value) { return fmt::format("{:.6g}", value); }
std::string full(double value) { return value < 1e5 ? number(value) : fmt::format("{:.0f}", value); }

}  // namespace

const CsvRow& price_columns() {
  static const CsvRow columns{"price", "backend", "variant",  "workers",    "unit",    "value", "low",
                              "high",  "n",       "workload", "parameters", "verdict", "label"};
  return columns;
}

std::string prices_csv(std::span<const PriceRow> rows, const Names& names) {
  std::string text = csv_line(price_columns());
  for (const PriceRow& row : rows)
    text += csv_line(CsvRow{row.price, row.cell->backend, row.cell->variant,
                            std::to_string(row.cell->workers), std::string(row.unit),
                            row.value ? full(*row.value) : "", row.interval ? full(row.interval->low) : "",
                            row.interval ? full(row.interval->high) : "", std::to_string(row.paid.size()),
                            row.cell->problem.workload, row.cell->problem.parameters, row.judgement.word,
                            names.backend(row.cell->backend, row.cell->variant)});
  return text;
}

}  // namespace runoff
