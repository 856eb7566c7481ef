#include "statistics/prices.h"

#include <algorithm>
#include <map>
#include <utility>

#include "cell/prices.h"
#include "statistics/median.h"

namespace runoff {
namespace {

Sample::Number number_of(const Sample& sample, Quantity quantity) {
  switch (quantity) {
    case Quantity::wall:
      return compared_ns(sample);
    case Quantity::cold:
      return sample.cold_ns;
    case Quantity::startup:
      return sample.startup_ns;
    case Quantity::cpu:
      return sample.cpu_ns;
    case Quantity::memory:
      return sample.peak_memory_bytes;
  }
  return std::nullopt;
}

std::vector<Price> prices_of(const Cell& cell) {
  for (const Sample& sample : cell.samples)
    if (!sample.prices.empty()) return parse_prices(sample.prices).value_or(std::vector<Price>());
  return {};
}

PriceRow row_of(const Cell& cell, const Price& price) {
  PriceRow row{price.name, price.quantity == Quantity::memory ? "bytes" : "ns", &cell, {}, {}, {}, {}};
  const double share = price.per * (price.per_worker ? static_cast<double>(cell.workers) : 1);
  row.paid = series_of_ok(cell.samples,
                          [&price](const Sample& sample) { return number_of(sample, price.quantity); });
  for (double& value : row.paid.values) value /= share;
  if (cell.status != Status::ok || row.paid.size() == 0) return row;
  row.value = median(row.paid.values);
  if (row.paid.size() >= fewest_samples) row.interval = median_estimate(row.paid);
  return row;
}

/// Judges rows of one price and one number of workers.
void judge_rows(std::span<PriceRow> rows, const Rules& rules) {
  std::vector<Contender> group;
  for (const PriceRow& row : rows) group.push_back({row.cell->status, &row.paid, group.size()});
  std::vector<Judgement> judgements = judge(group, rules);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].judgement = std::move(judgements[i]);
  std::stable_sort(rows.begin(), rows.end(), [](const PriceRow& a, const PriceRow& b) {
    return a.value && (!b.value || *a.value < *b.value);
  });
}

}  // namespace

bool is_priced(const Cell& cell) { return !prices_of(cell).empty(); }

std::vector<PriceRow> price_list(std::span<const Cell> cells, const Rules& rules) {
  std::map<std::string, std::size_t> places;  // of prices, as they come
  std::map<std::pair<std::size_t, std::int64_t>, std::vector<PriceRow>> groups;
  for (const Cell& cell : cells)
    for (const Price& price : prices_of(cell)) {
      const std::size_t place = places.try_emplace(price.name, places.size()).first->second;
      groups[{place, cell.workers}].push_back(row_of(cell, price));
    }
  std::vector<PriceRow> list;
  for (auto& [key, rows] : groups) {
    judge_rows(rows, rules);
    std::move(rows.begin(), rows.end(), std::back_inserter(list));
  }
  return list;
}

}  // namespace runoff
