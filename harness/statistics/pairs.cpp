#include "statistics/pairs.h"

#include <algorithm>

#include "runoff/unit.h"
#include "support/text.h"

namespace runoff {

std::optional<double> value_number(std::string_view value) {
  for (const auto parse : {&parse_count, &parse_duration, &parse_bytes})
    if (const auto number = parse(value)) return static_cast<double>(*number);
  return std::nullopt;
}

std::weak_ordering compare_pairs(std::string_view a, std::string_view b) {
  const auto first = parse_pairs(a), second = parse_pairs(b);
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    if (const auto names = first[i].first <=> second[i].first; names != 0) return names;
    const auto x = value_number(first[i].second), y = value_number(second[i].second);
    if (x && y && *x != *y) return *x < *y ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  return a <=> b;
}

}  // namespace runoff
