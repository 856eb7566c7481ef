#pragma once

#include <cstdint>

namespace runoff {

/// Number `index` (from 0) of the stream that SplitMix64 makes from `seed` (Steele, Lea & Flood, "Fast
/// Splittable Pseudorandom Number Generators", OOPSLA'14). Any number can be had without those before it, so
/// that inputs can be written and checked in any order, and by programs in other languages.
constexpr std::uint64_t splitmix64(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

}  // namespace runoff
