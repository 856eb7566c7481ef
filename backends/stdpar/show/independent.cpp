// C++17's parallel algorithms, which libstdc++ runs on oneTBB (Debian: libtbb-dev).
// $ g++ -std=c++20 -O3 independent.cpp -o independent -ltbb && ./independent
#include <cstdio>
#include <execution>
#include <functional>
#include <numeric>
#include <vector>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  // Over the elements of a vector: an iterator that only counts would silently run on one thread.
  std::vector<int> numbers(1'000'000);
  std::iota(numbers.begin(), numbers.end(), 0);
  const int primes = std::transform_reduce(std::execution::par, numbers.begin(), numbers.end(), 0,
                                           std::plus<>(), [](int n) { return is_prime(n) ? 1 : 0; });
  std::printf("%d\n", primes);
}
