#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "runoff/plugin.h"

namespace {

/// x when x is prime, else 0, by trial division with 6k ± 1.
std::uint32_t prime_or_zero(std::uint32_t x) {
  if (x <= 1) return 0;
  if (x <= 3) return x;
  if (x % 2 == 0 || x % 3 == 0) return 0;
  for (std::uint32_t i = 5; i * i <= x; i += 6)
    if (x % i == 0 || x % (i + 2) == 0) return 0;
  return x;
}

/// Sum of the primes below n by a sieve of Eratosthenes: the oracle where no published sum is at hand.
std::uint64_t sum_by_sieve(std::uint64_t n) {
  std::vector<bool> composite(n, false);
  std::uint64_t sum = 0;
  for (std::uint64_t i = 2; i < n; ++i) {
    if (composite[i]) continue;
    sum += i;
    for (std::uint64_t multiple = i * i; multiple < n; multiple += i) composite[multiple] = true;
  }
  return sum;
}

/// Sum of the primes below n. A task is a block of `grain` numbers; work grows with the square root of the
/// number, so blocks are uneven.
class Primes final : public runoff::Independent {
 public:
  explicit Primes(const runoff::Parameters& parameters)
      : n_(static_cast<std::uint64_t>(parameters.count("n"))),
        grain_(static_cast<std::uint64_t>(parameters.count("grain"))) {}

  std::size_t tasks() const override { return (n_ + grain_ - 1) / grain_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      std::uint64_t sum = 0;
      const std::uint64_t last = std::min(n_, (task + 1) * grain_);
      for (std::uint64_t x = task * grain_; x < last; ++x)
        sum += prime_or_zero(static_cast<std::uint32_t>(x));
      results.at<std::uint64_t>(task) = sum;
    }
  }

  runoff::Check check(runoff::Results results) const override {
    std::uint64_t sum = 0;
    for (std::size_t task = 0; task < results.count(); ++task) sum += results.at<std::uint64_t>(task);
    const std::uint64_t expected = expected_sum();
    if (sum == expected) return runoff::Check::ok();
    return runoff::Check::wrong("the primes below " + std::to_string(n_) + " sum to " +
                                std::to_string(expected) + ", not " + std::to_string(sum));
  }

 private:
  std::uint64_t expected_sum() const {
    // Project Euler 10 and OEIS A046731 give these.
    static constexpr std::array<std::pair<std::uint64_t, std::uint64_t>, 7> published{
        {{10, 17},
         {100, 1060},
         {1'000, 76127},
         {10'000, 5736396},
         {100'000, 454396537},
         {1'000'000, 37550402023},
         {10'000'000, 3203324994356}}};
    for (const auto& [n, sum] : published)
      if (n == n_) return sum;
    return sum_by_sieve(n_);
  }

  std::uint64_t n_;
  std::uint64_t grain_;
};

}  // namespace

RUNOFF_WORKLOAD(Primes, {
                            .name = "primes",
                            .summary = "sum of the primes below n by trial division",
                            .bound = runoff::Bound::cpu,
                            .source = "sums: OEIS A046731; other n: a sieve of Eratosthenes",
                            .parameters = {runoff::Parameter::count("n", 1'000'000, 0, 1'000'000'000,
                                                                    "sum the primes below this number"),
                                           runoff::Parameter::count("grain", 1'000, 1, 1'000'000'000,
                                                                    "numbers in one task")},
                        })
