#pragma once

#include <string>

namespace runoff {

/// A unit and a number of decimals that give a reference value three digits. All numbers of a table share
/// them, so that they can be compared at a glance.
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
  Scale(double factor, const char* unit, int decimals) : factor_(factor), unit_(unit), decimals_(decimals) {}

  double factor_;
  const char* unit_;
  int decimals_;
};

/// "38.20".
std::string with_decimals(double value, int decimals);

/// Decimals that show three digits of a number, `most` at most; none where it has three before the point.
int decimals_of(double value, int most = 3);

}  // namespace runoff
