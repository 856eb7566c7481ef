// oneTBB (Debian: libtbb-dev): a parallel_reduce over a blocked range, which the partitioner cuts.
// $ g++ -std=c++20 -O3 independent.cpp -o independent -ltbb && ./independent
#include <oneapi/tbb.h>

#include <cstdio>
#include <functional>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  using Range = oneapi::tbb::blocked_range<int>;
  const int primes = oneapi::tbb::parallel_reduce(
      Range(0, 1'000'000), 0,
      [](const Range& range, int found) {
        for (int n = range.begin(); n < range.end(); ++n) found += is_prime(n);
        return found;
      },
      std::plus<>());
  std::printf("%d\n", primes);
}
