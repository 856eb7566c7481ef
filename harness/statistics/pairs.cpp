#include "statistics/pairs.h"

#include <algorithm>

#include "runoff/parameters.h"

namespace runoff {

std::vector<std::pair<std::string, std::string>> split_pairs(std::string_view joined) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!joined.empty()) {
    const std::string_view pair = joined.substr(0, joined.find(';'));
    joined.remove_prefix(std::min(joined.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    pairs.emplace_back(pair.substr(0, equals), pair.substr(std::min(pair.size(), equals + 1)));
  }
  return pairs;
}

std::optional<double> value_number(std::string_view value) {
  for (const auto parse : {&parse_count, &parse_duration, &parse_bytes})
    if (const auto number = parse(value)) return static_cast<double>(*number);
  return std::nullopt;
}

std::weak_ordering compare_pairs(std::string_view a, std::string_view b) {
  const auto first = split_pairs(a), second = split_pairs(b);
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    if (const auto names = first[i].first <=> second[i].first; names != 0) return names;
    const auto x = value_number(first[i].second), y = value_number(second[i].second);
    if (x && y && *x != *y) return *x < *y ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  return a <=> b;
}

}  // namespace runoff
