#include "endpoint/latency.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "endpoint/draw.h"
#include "endpoint/number.h"
#include "runoff/errors.h"
#include "runoff/unit.h"
#include "support/text.h"

namespace runoff::endpoint {
namespace {

constexpr double most_ns = std::chrono::nanoseconds(Latency::most).count();
constexpr double most_sigma = 10;

[[noreturn]] void refuse(std::string_view text) {
  throw InvalidParameter("latency cannot be '" + std::string(text) +
                         "'; it takes a time up to 60s such as 100ms, uniform:50ms:150ms (lowest, highest) "
                         "or lognormal:100ms:0.5 (median, sigma)");
}

}  // namespace

Latency Latency::parse(std::string_view text) {
  const auto time = [text](std::string_view part) {
    const auto value = parse_duration(part);
    if (!value || static_cast<double>(*value) > most_ns) refuse(text);
    return static_cast<double>(*value);
  };
  const auto parts = split(text, ":");
  Latency latency;
  if (parts.size() == 1) {
    latency.first_ = time(parts[0]);
  } else if (parts.size() == 3 && parts[0] == "uniform") {
    latency.kind_ = Kind::uniform;
    latency.first_ = time(parts[1]);
    latency.second_ = time(parts[2]);
    if (latency.first_ > latency.second_) refuse(text);
  } else if (parts.size() == 3 && parts[0] == "lognormal") {
    latency.kind_ = Kind::lognormal;
    latency.first_ = time(parts[1]);
    const auto sigma = parse_number<double>(parts[2]);
    if (!sigma || *sigma < 0 || *sigma > most_sigma) refuse(text);
    latency.second_ = *sigma;
  } else {
    refuse(text);
  }
  return latency;
}

std::chrono::nanoseconds Latency::of(std::uint64_t seed, std::string_view path) const {
  double ns = first_;
  if (kind_ == Kind::uniform) ns += (second_ - first_) * draw(seed, path, Draw::latency);
  if (kind_ == Kind::lognormal) {
    // Box and Muller; 1 - u, because the logarithm of 0 is none.
    const double radius = std::sqrt(-2 * std::log(1 - draw(seed, path, Draw::latency)));
    const double angle = 2 * std::numbers::pi * draw(seed, path, Draw::latency_angle);
    ns *= std::exp(second_ * radius * std::cos(angle));
  }
  return std::chrono::nanoseconds(std::llround(std::min(ns, most_ns)));
}

}  // namespace runoff::endpoint
