#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace runoff {

/// A whole number, or none: what std::optional is, in half of the memory. Samples are little else, and a
/// report holds 100,000 of them. The least number of 64 bits stands for none.
class OptionalNumber {
 public:
  constexpr OptionalNumber() = default;
  constexpr OptionalNumber(std::nullopt_t) {}
  constexpr OptionalNumber(std::int64_t number) : number_(number) {}
  constexpr OptionalNumber(std::optional<std::int64_t> number) : number_(number.value_or(none)) {}

  constexpr bool has_value() const { return number_ != none; }
  constexpr explicit operator bool() const { return has_value(); }
  constexpr std::int64_t operator*() const { return number_; }
  /// Throws std::bad_optional_access.
  constexpr std::int64_t value() const { return has_value() ? number_ : throw std::bad_optional_access(); }
  constexpr std::int64_t value_or(std::int64_t other) const { return has_value() ? number_ : other; }
  constexpr void reset() { number_ = none; }

  constexpr bool operator==(const OptionalNumber&) const = default;

 private:
  static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();

  std::int64_t number_ = none;
};

}  // namespace runoff
