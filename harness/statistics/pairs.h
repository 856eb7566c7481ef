#pragma once

#include <compare>
#include <optional>
#include <string_view>

namespace runoff {

/// A value as a number, in its unit's base: "1000", "10ms", "64KiB". Nothing where it is a word.
std::optional<double> value_number(std::string_view value);

/// Orders lists of pairs as a person would: by their values, numbers by size, so that 2ms comes before 10ms.
std::weak_ordering compare_pairs(std::string_view a, std::string_view b);

}  // namespace runoff
