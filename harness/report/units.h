#pragma once

#include <string>

#include "statistics/bootstrap.h"

namespace runoff {

/// A unit of time and a number of decimals that give the reference three digits; all times of a table share
/// them, so that they can be compared at a glance.
class TimeScale {
 public:
  explicit TimeScale(double reference_ns);

  const char* unit() const { return unit_; }
  std::string number(double ns) const;
  /// "38.2 ms".
  std::string text(double ns) const;

 private:
  double factor_;
  const char* unit_;
  int decimals_;
};

/// "38.2 ms": on a scale of its own.
std::string time_text(double ns);
/// "12.3 MB": decimal, as bandwidth is counted.
std::string bytes_text(double bytes);

/// "1.95", "12.3", "104": a ratio with three digits.
std::string ratio_text(double ratio);

/// How much longer a ratio is than 1: "12 % longer (95 % sure: 9 to 15 %)", from 2 on "2.31 × as long (…)".
std::string longer_text(const Estimate& ratio);

}  // namespace runoff
