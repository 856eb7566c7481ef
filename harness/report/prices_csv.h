#pragma once

#include <span>
#include <string>

#include "record/csv.h"
#include "report/names.h"
#include "statistics/prices.h"

namespace runoff {

/// The header of prices.csv.
const CsvRow& price_columns();

/// The whole of prices.csv.
std::string prices_csv(std::span<const PriceRow> rows, const Names& names);

}  // namespace runoff
