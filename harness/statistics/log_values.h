#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace runoff {

/// Of a time or a price. A price may be nothing at all: then it is as good as a millionth, in any unit.
inline double log_of(double value) { return std::log(std::max(value, 1e-6)); }

/// The mean of values, and its error.
struct Moments {
  explicit Moments(const std::vector<double>& values) : n(static_cast<double>(values.size())) {
    for (const double value : values) mean += value / n;
    for (const double value : values) error += (value - mean) * (value - mean) / (n - 1) / n;
  }
  double n, mean = 0;
  double error = 0;  ///< of the mean, squared
};

}  // namespace runoff
