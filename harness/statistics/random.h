#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

#include "runoff/random.h"

namespace runoff {

/// A stream of random numbers: the same ones from the same seed on every platform, which the standard
/// library's distributions do not promise.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed) : seed_(seed) {}

  std::uint64_t next() { return splitmix64(seed_, index_++); }

  /// Uniform in [0, bound). The bias of multiply-and-shift is below bound / 2^32.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }

  /// Uniform in (0, 1).
  double unit() { return (static_cast<double>(next() >> 11) + 0.5) * 0x1p-53; }

  /// Standard normal (Box and Muller).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(unit()));
    return radius * std::cos(2 * std::numbers::pi * unit());
  }

 private:
  std::uint64_t seed_;
  std::uint64_t index_ = 0;
};

}  // namespace runoff
