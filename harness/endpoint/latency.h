#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace runoff::endpoint {

/// How long the endpoint waits before it answers.
class Latency {
 public:
  static constexpr std::chrono::seconds most{60};

  /// "100ms", "uniform:50ms:150ms" (lowest, highest) or "lognormal:100ms:0.5" (median, sigma of the
  /// logarithm). Throws InvalidParameter.
  static Latency parse(std::string_view text);

  /// For a path: always the same. At most `most`.
  std::chrono::nanoseconds of(std::uint64_t seed, std::string_view path) const;

 private:
  enum class Kind { fixed, uniform, lognormal };
  Kind kind_ = Kind::fixed;
  double first_ = 0;   // ns: the latency, the lowest, or the median
  double second_ = 0;  // ns: the highest; or sigma
};

}  // namespace runoff::endpoint
