#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runoff/price.h"

namespace runoff {

/// What a workload is the price of, in the form of the CSV: `name=quantity/per` or `name=quantity/worker`,
/// joined by ';'. Throws std::runtime_error for a price that this form cannot hold.
std::string join_prices(std::span<const Price> prices);

/// Prices in that form; nothing where it is not understood.
std::optional<std::vector<Price>> parse_prices(std::string_view joined);

}  // namespace runoff
