#pragma once

#include <span>
#include <string>
#include <vector>

#include "report/names.h"
#include "report/page.h"
#include "statistics/prices.h"

namespace runoff {

/// The price list as a table: a block for each price, a line for each backend, cheapest first.
std::string prices_text(std::span<const PriceRow> rows, const Names& names, const Page& page);

/// Which backend pays the least, in one sentence.
struct PriceAnswer {
  std::string price, sentence;
};
/// One for each price, in the order of the list.
std::vector<PriceAnswer> price_answers(std::span<const PriceRow> rows, const Names& names);

/// " grain=10": the parameters in which a row differs from others of its price and number of workers.
std::string price_distinction(const PriceRow& row, std::span<const PriceRow> rows);

/// "0.12 ns", "38.2 ms", "1.50 MiB": a price with three digits.
std::string price_text(double value, std::string_view unit);

}  // namespace runoff
