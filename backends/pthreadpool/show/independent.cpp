// pthreadpool (Debian: libpthreadpool-dev): a parallel loop over chunks.
// $ g++ -std=c++20 -O3 independent.cpp -o independent -lpthreadpool && ./independent
#include <pthreadpool.h>

#include <atomic>
#include <cstdio>

constexpr int tasks = 1'000'000, chunk = 1000;

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

void find(void* primes, std::size_t number) {
  const int first = static_cast<int>(number) * chunk;
  int found = 0;
  for (int n = first; n < first + chunk; ++n) found += is_prime(n);
  *static_cast<std::atomic<int>*>(primes) += found;
}

int main() {
  std::atomic<int> primes{0};
  pthreadpool_t pool = pthreadpool_create(0);  // as many threads as cores, with this one
  pthreadpool_parallelize_1d(pool, find, &primes, tasks / chunk, 0);
  pthreadpool_destroy(pool);
  std::printf("%d\n", primes.load());
}
