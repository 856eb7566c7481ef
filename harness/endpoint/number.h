#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace runoff::endpoint {

/// "0.25", all of the text. Nothing for anything else, infinities and NaN included.
inline std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(value - value == 0)) return std::nullopt;
  return value;
}

}  // namespace runoff::endpoint
