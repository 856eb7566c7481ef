#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace runoff::endpoint {

/// "7", or "0.25" where T has fractions: all of the text. Nothing for anything else, infinities and NaN
/// included.
template <class T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(value - value == 0)) return std::nullopt;
  return value;
}

}  // namespace runoff::endpoint
