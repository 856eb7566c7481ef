// Eigen (Debian: libeigen3-dev): a parallelFor, which the threads of a pool cut in halves.
// $ g++ -std=c++20 -O3 -isystem /usr/include/eigen3 independent.cpp -o independent -pthread && ./independent
#define EIGEN_USE_THREADS
#include <atomic>
#include <cstdio>
#include <thread>
#include <unsupported/Eigen/CXX11/Tensor>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  Eigen::ThreadPool pool(cores);
  const Eigen::ThreadPoolDevice device(&pool, cores);
  std::atomic<int> primes{0};
  const Eigen::TensorOpCost cost(0, 0, 1000);  // cycles a number takes, about
  device.parallelFor(1'000'000, cost, [&primes](Eigen::Index first, Eigen::Index last) {
    int found = 0;
    for (Eigen::Index n = first; n < last; ++n) found += is_prime(static_cast<int>(n));
    primes += found;
  });
  std::printf("%d\n", primes.load());
}
