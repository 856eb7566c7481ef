#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>

#include "statistics/bootstrap.h"

namespace runoff {

// Fields of the CSV files. What is not known is empty.

template <class T, class Format>
std::string field(const std::optional<T>& value, Format format) {
  return value ? format(*value) : std::string();
}

/// Whole nanoseconds.
inline std::string nanoseconds(double value) { return fmt::format("{:.0f}", value); }

/// The lower and the upper end of an interval.
inline std::string low_ns(const Estimate& interval) { return nanoseconds(interval.low); }
inline std::string high_ns(const Estimate& interval) { return nanoseconds(interval.high); }

inline std::string whole(std::size_t number) { return std::to_string(number); }

}  // namespace runoff
