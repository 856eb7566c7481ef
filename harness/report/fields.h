#pragma once

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <string>

#include "record/csv.h"
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

/// Three fields: the value, the lower and the upper end.
template <class Format>
void add_estimate(CsvRow& row, const std::optional<Estimate>& estimate, Format format) {
  for (const auto part : {&Estimate::value, &Estimate::low, &Estimate::high})
    row.push_back(estimate ? format((*estimate).*part) : std::string());
}

/// Six digits; empty where it is infinite or no number.
inline std::string six_digits(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : std::string();
}

inline std::string whole(std::size_t number) { return std::to_string(number); }

}  // namespace runoff
