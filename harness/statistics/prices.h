#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "statistics/cells.h"
#include "statistics/verdict.h"

namespace runoff {

/// One entry of the price list: what something costs in one backend, with one variant and number of workers.
struct PriceRow {
  std::string price;
  std::string_view unit;        ///< "ns" or "bytes"
  const Cell* cell = nullptr;   ///< the samples it rests on
  Series paid;                  ///< in each of those that are ok
  std::optional<double> value;  ///< the median; of a cell that is not kept out
  std::optional<Estimate> interval;
  Judgement judgement;  ///< among backends with the same price and as many workers
};

/// What the cells' samples say they are the price of. A price that is shared out is so in each sample, before
/// any statistics. By price, in the order in which they are first named, then by workers, then by the median,
/// those without one last. Points into `cells`.
std::vector<PriceRow> price_list(std::span<const Cell> cells, const Rules& rules);

/// Whether the samples of the cell say that they are a price.
bool is_priced(const Cell& cell);

}  // namespace runoff
