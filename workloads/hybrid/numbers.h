#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hybrid {

/// How many primes there are in [first, first + count), which are 4 or more, by trial division by 6k ± 1.
inline std::uint32_t count_primes(std::uint32_t first, std::uint32_t count) {
  std::uint32_t primes = 0;
  for (std::uint32_t x = first; x < first + count; ++x) {
    bool prime = x % 2 != 0 && x % 3 != 0;
    for (std::uint32_t i = 5; prime && i * i <= x; i += 6) prime = x % i != 0 && x % (i + 2) != 0;
    primes += prime;
  }
  return primes;
}

/// The same for each of `blocks` blocks of `size` numbers, the first of which begins with `first`, by a sieve
/// of Eratosthenes.
inline std::vector<std::uint32_t> count_by_sieve(std::uint64_t first, std::uint64_t size,
                                                 std::size_t blocks) {
  std::vector<std::uint32_t> counts(blocks);
  const std::uint64_t last = first + size * blocks;
  std::vector<bool> composite(last / 2);  // the odd numbers: i stands for 2i + 1
  for (std::uint64_t i = 1; 2 * i + 1 < last; ++i) {
    if (composite[i]) continue;
    const std::uint64_t prime = 2 * i + 1;
    if (prime >= first) ++counts[(prime - first) / size];
    for (std::uint64_t multiple = prime * prime / 2; multiple < last / 2; multiple += prime)
      composite[multiple] = true;
  }
  return counts;
}

}  // namespace hybrid
