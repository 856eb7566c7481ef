#include "report/units.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace runoff {
namespace {

// Decimals that show three digits of a number, and none where it has three before the point.
int decimals_of(double value) {
  if (!(value > 0)) return 0;
  return std::clamp(2 - static_cast<int>(std::floor(std::log10(value) + 1e-9)), 0, 3);
}

std::string percent(double ratio) {
  const double more = (ratio - 1) * 100;
  return fmt::format("{:.{}f}", more, std::abs(more) < 9.95 ? 1 : 0);
}

}  // namespace

TimeScale::TimeScale(double reference_ns) {
  if (reference_ns < 1e3)
    factor_ = 1, unit_ = "ns";
  else if (reference_ns < 1e6)
    factor_ = 1e3, unit_ = "µs";
  else if (reference_ns < 1e9)
    factor_ = 1e6, unit_ = "ms";
  else
    factor_ = 1e9, unit_ = "s";
  decimals_ = factor_ == 1 ? 0 : decimals_of(reference_ns / factor_);
}

std::string TimeScale::number(double ns) const { return fmt::format("{:.{}f}", ns / factor_, decimals_); }

std::string TimeScale::text(double ns) const { return number(ns) + " " + unit_; }

std::string time_text(double ns) { return TimeScale(ns).text(ns); }

std::string bytes_text(double bytes) {
  constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < std::size(units); ++unit) bytes /= 1000;
  return fmt::format("{:.{}f} {}", bytes, unit == 0 ? 0 : decimals_of(bytes), units[unit]);
}

std::string ratio_text(double ratio) {
  return fmt::format("{:.{}f}", ratio, std::min(2, decimals_of(std::max(ratio, 1.0))));
}

std::string longer_text(const Estimate& ratio) {
  if (ratio.value >= 2)
    return fmt::format("{} × as long (95 % sure: {} to {} ×)", ratio_text(ratio.value), ratio_text(ratio.low),
                       ratio_text(ratio.high));
  return fmt::format("{} % longer (95 % sure: {} to {} %)", percent(ratio.value), percent(ratio.low),
                     percent(ratio.high));
}

}  // namespace runoff
