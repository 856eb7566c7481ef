// libstdc++'s parallel mode (GCC): an algorithm of the standard's, with its work dealt out by stealing.
// $ g++ -std=c++20 -O3 -fopenmp independent.cpp -o independent && ./independent
#include <cstdio>
#include <numeric>
#include <parallel/algorithm>
#include <vector>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  std::vector<int> numbers(1'000'000);
  std::iota(numbers.begin(), numbers.end(), 0);
  const auto primes =
      __gnu_parallel::count_if(numbers.begin(), numbers.end(), is_prime, __gnu_parallel::parallel_balanced);
  std::printf("%d\n", static_cast<int>(primes));
}
