// Qt Concurrent (Debian: qt6-base-dev): a map that waits, over the first numbers of chunks.
// $ g++ -std=c++20 -O3 -fPIC independent.cpp $(pkg-config --cflags --libs Qt6Concurrent) && ./a.out
#include <QtConcurrentMap>
#include <atomic>
#include <cstdio>
#include <vector>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  constexpr int tasks = 1'000'000, chunk = 1000;
  std::vector<int> firsts;
  for (int first = 0; first < tasks; first += chunk) firsts.push_back(first);
  std::atomic<int> primes{0};
  QtConcurrent::blockingMap(firsts, [&primes](int first) {
    int found = 0;
    for (int n = first; n < first + chunk; ++n) found += is_prime(n);
    primes += found;
  });
  std::printf("%d\n", primes.load());
}
