// OpenMP: a parallel loop whose schedule hands out chunks as threads come free.
// $ g++ -std=c++20 -O3 -fopenmp independent.cpp -o independent && ./independent
#include <cstdio>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  int primes = 0;
#pragma omp parallel for schedule(dynamic, 1000) reduction(+ : primes)
  for (int n = 0; n < 1'000'000; ++n) primes += is_prime(n);
  std::printf("%d\n", primes);
}
