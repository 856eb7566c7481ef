#pragma once

#include <cstdint>

namespace like {

// Work that takes the same time for the same number of steps: a linear congruential generator (the one of
// Knuth's MMIX), in which each step needs the one before and nothing else. It uses no memory and no vectors,
// and jumping ahead tells what must come out (F. Brown, "Random Number Generation with Arbitrary Strides",
// 1994).
inline constexpr std::uint64_t factor = 6364136223846793005u, addend = 1442695040888963407u;

/// So many steps from `x` on, one after the other.
[[gnu::noinline]] inline std::uint64_t walk_steps(std::uint64_t x, std::uint64_t steps) {
  for (; steps > 0; --steps) x = x * factor + addend;
  return x;
}

/// The same at once, in as many squarings as `steps` has bits.
constexpr std::uint64_t jump_steps(std::uint64_t x, std::uint64_t steps) {
  std::uint64_t a = 1, c = 0, a_power = factor, c_power = addend;
  for (; steps > 0; steps /= 2) {
    if (steps % 2 != 0) {
      a = a * a_power;
      c = c * a_power + c_power;
    }
    c_power *= a_power + 1;
    a_power *= a_power;
  }
  return a * x + c;
}

}  // namespace like
