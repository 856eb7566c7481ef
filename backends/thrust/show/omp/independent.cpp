// Thrust on OpenMP (Debian: libthrust-dev): an algorithm with the policy that names the system.
// $ g++ -std=c++20 -O3 -fopenmp -DTHRUST_DEVICE_SYSTEM=THRUST_DEVICE_SYSTEM_OMP independent.cpp && ./a.out
#include <thrust/count.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/system/omp/execution_policy.h>

#include <cstdio>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  const auto first = thrust::counting_iterator<int>(0);
  const auto primes = thrust::count_if(thrust::omp::par, first, first + 1'000'000, is_prime);
  std::printf("%d\n", static_cast<int>(primes));
}
