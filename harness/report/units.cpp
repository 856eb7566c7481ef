#include "report/units.h"

#include <fmt/format.h>

#include <cmath>

#include "support/scale.h"

namespace runoff {
namespace {

std::string percent(double ratio) {
  const double more = (ratio - 1) * 100;
  return fmt::format("{:.{}f}", more, std::abs(more) < 9.95 ? 1 : 0);
}

}  // namespace

std::string time_text(double ns) { return Scale::of_time(ns).text(ns); }

std::string ratio_text(double ratio) { return fmt::format("{:.{}f}", ratio, decimals_of(ratio)); }

std::string longer_text(const Estimate& ratio) {
  if (ratio.value >= 2 || ratio.high >= 10)
    return fmt::format("{} × as long (95 % sure: {} to {} ×)", ratio_text(ratio.value), ratio_text(ratio.low),
                       ratio_text(ratio.high));
  return fmt::format("{} % longer (95 % sure: {} to {} %)", percent(ratio.value), percent(ratio.low),
                     percent(ratio.high));
}

std::string percent_text(double share) {
  return fmt::format("{:.{}g} %", share * 100, share < 0.0995 ? 2 : 3);
}

std::string workers_text(std::int64_t workers) {
  return fmt::format("{} worker{}", workers, workers == 1 ? "" : "s");
}

}  // namespace runoff
