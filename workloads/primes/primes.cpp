#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runoff/python_form.h"
#include "runoff/workload_plugin.h"

namespace {

// 32 bits hold every number that n allows, and are divided in less time than 64.
constexpr std::int64_t most = 1'000'000'000;

/// x when x is prime, else 0, by trial division with 6k ± 1.
std::uint32_t prime_or_zero(std::uint32_t x) {
  if (x <= 1) return 0;
  if (x <= 3) return x;
  if (x % 2 == 0 || x % 3 == 0) return 0;
  for (std::uint32_t i = 5; i * i <= x; i += 6)
    if (x % i == 0 || x % (i + 2) == 0) return 0;
  return x;
}

/// Sums of the primes below n in blocks of `grain` numbers, by a sieve of Eratosthenes.
std::vector<std::uint64_t> sums_by_sieve(std::uint64_t n, std::uint64_t grain) {
  std::vector<std::uint64_t> sums((n + grain - 1) / grain);
  if (n > 2) sums[2 / grain] += 2;
  std::vector<bool> composite(n / 2);  // the odd numbers: i stands for 2i + 1
  for (std::uint64_t i = 1; 2 * i + 1 < n; ++i) {
    if (composite[i]) continue;
    const std::uint64_t prime = 2 * i + 1;
    sums[prime / grain] += prime;
    for (std::uint64_t multiple = prime * prime / 2; multiple < n / 2; multiple += prime)
      composite[multiple] = true;
  }
  return sums;
}

// OEIS A046731.
constexpr std::pair<std::uint64_t, std::uint64_t> published_sums[] = {{10, 17},
                                                                      {100, 1060},
                                                                      {1'000, 76127},
                                                                      {10'000, 5736396},
                                                                      {100'000, 454396537},
                                                                      {1'000'000, 37550402023},
                                                                      {10'000'000, 3203324994356}};

/// Sum of the primes below n. A task is a block of `grain` numbers; work grows with the square root of the
/// number, so blocks are uneven.
class Primes final : public runoff::Independent, public runoff::PythonForm {
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

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& answer, runoff::Results results) const override {
    runoff::copy_python(answer, results);
  }

  runoff::Check check(runoff::Results results) const override {
    const std::vector<std::uint64_t> expected = sums_by_sieve(n_, grain_);
    std::uint64_t sum = 0;
    for (std::size_t task = 0; task < expected.size(); ++task) {
      const auto found = results.at<std::uint64_t>(task);
      if (found != expected[task])
        return runoff::Check::wrong("task " + std::to_string(task) + ": the primes from " +
                                    std::to_string(task * grain_) + " to below " +
                                    std::to_string(std::min(n_, (task + 1) * grain_)) + " sum to " +
                                    std::to_string(expected[task]) + ", not " + std::to_string(found));
      sum += found;
    }
    for (const auto& [n, published] : published_sums)
      if (n == n_ && sum != published)
        return runoff::Check::wrong("the primes below " + std::to_string(n) + " sum to " +
                                    std::to_string(published) + ", not " + std::to_string(sum));
    return runoff::Check::ok();
  }

 private:
  std::uint64_t n_;
  std::uint64_t grain_;
};

}  // namespace

RUNOFF_WORKLOAD(Primes,
                {
                    .name = "primes",
                    .summary = "sum of the primes below n by trial division",
                    .bound = runoff::Bound::cpu,
                    .source = "sums below powers of ten: OEIS A046731; each task's: a sieve of Eratosthenes",
                    .checked_at = {"n=20000", "grain=100"},
                    .parameters = {runoff::Parameter::count("n", 1'000'000, 0, most,
                                                            "sum the primes below this number"),
                                   runoff::Parameter::count("grain", 1'000, 1, most, "numbers in one task")},
                })
