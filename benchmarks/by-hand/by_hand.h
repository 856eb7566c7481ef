#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

// What a program would write that uses a runtime directly: the work of primes and of stream, cut into the
// same blocks, without workloads, backends and results between. What runoff takes longer is the cost of its
// interface.

namespace by_hand {

/// The sum of the primes in [first, last), by trial division with 6k ± 1, as in the workload `primes`.
inline std::uint64_t sum_of_primes(std::uint32_t first, std::uint32_t last) {
  const auto prime_or_zero = [](std::uint32_t x) -> std::uint32_t {
    if (x <= 1) return 0;
    if (x <= 3) return x;
    if (x % 2 == 0 || x % 3 == 0) return 0;
    for (std::uint32_t i = 5; i * i <= x; i += 6)
      if (x % i == 0 || x % (i + 2) == 0) return 0;
    return x;
  };
  std::uint64_t sum = 0;
  for (std::uint32_t x = first; x < last; ++x) sum += prime_or_zero(x);
  return sum;
}

/// Sums of the primes below `n`: one for each block of `grain` numbers.
struct Primes {
  std::uint32_t n;
  std::uint32_t grain;
  std::span<std::uint64_t> sums;

  std::size_t blocks() const { return (n + grain - 1) / grain; }
  void run(std::size_t block) const {
    const auto first = static_cast<std::uint32_t>(block * grain);
    sums[block] = sum_of_primes(first, std::min(n, first + grain));
  }
};

/// a = b + 3 c, in blocks of `grain` elements, as in the workload `stream`.
struct Triad {
  std::span<double> a;
  std::span<const double> b;
  std::span<const double> c;
  std::size_t grain;

  std::size_t blocks() const { return (a.size() + grain - 1) / grain; }
  void run(std::size_t block) const {
    const std::size_t first = block * grain;
    const std::size_t size = std::min(grain, a.size() - first);
    double* __restrict to = a.data() + first;
    const double* __restrict left = b.data() + first;
    const double* __restrict right = c.data() + first;
    for (std::size_t i = 0; i < size; ++i) to[i] = left[i] + 3.0 * right[i];
  }
};

/// One runtime, set to a number of workers. Each is a module of its own, lib/runoff/by-hand/NAME.so, since
/// runtimes must not meet in a process; it needs the environment that the backend of the same name asks for.
class Program {
 public:
  virtual ~Program() = default;
  virtual void run(const Primes& primes) = 0;
  virtual void run(const Triad& triad) = 0;
};

}  // namespace by_hand

/// What a module exports. The caller deletes it.
extern "C" __attribute__((visibility("default"))) by_hand::Program* by_hand_program(unsigned workers);
