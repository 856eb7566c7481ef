// Boost.Fiber (Debian: libboost-fiber1.81-dev): a fiber for each chunk; threads steal them from each other.
// $ g++ -std=c++20 -O3 independent.cpp -o independent -lboost_fiber -lboost_context -pthread && ./independent
#include <atomic>
#include <boost/fiber/all.hpp>
#include <cstdio>
#include <thread>
#include <vector>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  constexpr int tasks = 1'000'000, chunk = 10'000;
  const unsigned cores = std::thread::hardware_concurrency();
  boost::fibers::barrier over(cores);  // a thread that waits for it runs fibers meanwhile
  std::vector<std::jthread> threads;
  for (unsigned thread = 1; thread < cores; ++thread)
    threads.emplace_back([&] {
      boost::fibers::use_scheduling_algorithm<boost::fibers::algo::work_stealing>(cores);
      over.wait();
    });
  boost::fibers::use_scheduling_algorithm<boost::fibers::algo::work_stealing>(cores);
  std::atomic<int> primes{0};
  std::vector<boost::fibers::fiber> fibers;
  for (int first = 0; first < tasks; first += chunk)
    fibers.emplace_back([&primes, first] {
      for (int n = first; n < first + chunk; ++n) primes += is_prime(n);
    });
  for (auto& fiber : fibers) fiber.join();
  over.wait();
  std::printf("%d\n", primes.load());
}
