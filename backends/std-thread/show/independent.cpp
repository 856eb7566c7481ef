// C++ threads that take chunks from a counter (mode=spawn).
// $ g++ -std=c++20 -O3 independent.cpp -o independent -pthread && ./independent
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  constexpr int tasks = 1'000'000, chunk = 1000;
  std::atomic<int> next{0}, primes{0};
  const auto work = [&] {
    int found = 0;
    for (int first; (first = next.fetch_add(chunk)) < tasks;)
      for (int n = first; n < std::min(first + chunk, tasks); ++n) found += is_prime(n);
    primes += found;
  };
  {
    std::vector<std::jthread> workers;
    for (unsigned worker = 0; worker < std::thread::hardware_concurrency(); ++worker)
      workers.emplace_back(work);
  }
  std::printf("%d\n", primes.load());
}
