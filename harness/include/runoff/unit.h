#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace runoff {

/// What a parameter's text means: a number, a size (`64KiB`), a time (`10ms`), one of a few words, or any
/// text.
enum class Unit { count, bytes, duration, choice, text };

inline constexpr std::array<std::string_view, 5> unit_names{"count", "bytes", "duration", "choice", "text"};

constexpr std::string_view name_of(Unit unit) { return unit_names[static_cast<std::size_t>(unit)]; }

/// Nothing for another word.
constexpr std::optional<Unit> unit_from(std::string_view name) {
  for (std::size_t i = 0; i < unit_names.size(); ++i)
    if (unit_names[i] == name) return static_cast<Unit>(i);
  return std::nullopt;
}

/// "1000000", within int64. Nothing when the text is something else.
inline std::optional<std::int64_t> parse_count(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

namespace detail {

/// Its name and how many of the base it is.
using NamedUnit = std::pair<std::string_view, std::int64_t>;

// The smallest first.
inline constexpr std::array<NamedUnit, 5> byte_units{
    {{"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", std::int64_t{1} << 40}}};
inline constexpr std::array<NamedUnit, 5> time_units{
    {{"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}, {"min", 60'000'000'000}}};

/// "64KiB", "1500ms": with the largest unit of which it is a whole number.
inline std::string in_largest_unit(std::int64_t number, std::span<const NamedUnit> units) {
  NamedUnit largest = units.front();
  for (const auto& unit : units)
    if (number % unit.second == 0) largest = unit;
  return std::to_string(number / largest.second).append(largest.first);
}

inline std::optional<std::int64_t> parse_with_unit(std::string_view text, std::span<const NamedUnit> units) {
  const std::size_t digits = text.find_first_not_of("0123456789.");
  if (digits == 0 || text.empty()) return std::nullopt;
  const std::string_view suffix = digits == text.npos ? "" : text.substr(digits);
  double number = 0;
  const std::string_view head = text.substr(0, digits);
  const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), number);
  if (error != std::errc{} || end != head.data() + head.size()) return std::nullopt;
  for (const auto& [name, factor] : units) {
    if (suffix != name) continue;
    const double value = number * static_cast<double>(factor);
    if (value > 9e18 || (value > 0 && value < 0.5)) return std::nullopt;  // too little is not nothing
    return static_cast<std::int64_t>(value + 0.5);
  }
  return std::nullopt;
}

}  // namespace detail

/// "64KiB", "1MiB", "512B": bytes.
inline std::optional<std::int64_t> parse_bytes(std::string_view text) {
  return detail::parse_with_unit(text, detail::byte_units);
}

/// "100ms", "2s", "1.5us": nanoseconds.
inline std::optional<std::int64_t> parse_duration(std::string_view text) {
  return detail::parse_with_unit(text, detail::time_units);
}

}  // namespace runoff
