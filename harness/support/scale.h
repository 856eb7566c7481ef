#pragma once

#include <string>

namespace runoff {

/// The unit that suits a reference value. Numbers beside it share the unit, so that they can be compared at a
/// glance, and have three digits each.
class Scale {
 public:
  /// Of nanoseconds, which are whole: "38.2 ms", "212 ns".
  static Scale of_time(double reference_ns);
  /// Of nanoseconds that were divided: "0.0123 ns".
  static Scale of_short_time(double reference_ns);
  /// Of bytes, in binary units: "1.50 MiB".
  static Scale of_bytes(double reference);

  std::string number(double value) const;
  /// The number with its unit.
  std::string text(double value) const;

 private:
  Scale(double factor, const char* unit, bool whole) : factor_(factor), unit_(unit), whole_(whole) {}

  double factor_;
  const char* unit_;
  bool whole_;  // there is no half of it
};

/// "38.20".
std::string with_decimals(double value, int decimals);

/// Decimals that show three digits of a number, as it is rounded; none where it has three before the point.
int decimals_of(double value);

}  // namespace runoff
