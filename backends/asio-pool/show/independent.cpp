// Boost.Asio (Debian: libboost1.81-dev): a function for each chunk, posted to a thread_pool.
// $ g++ -std=c++20 -O3 independent.cpp -o independent -pthread && ./independent
#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdio>
#include <thread>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  constexpr int tasks = 1'000'000, chunk = 1000;
  std::atomic<int> primes{0};
  boost::asio::thread_pool pool(std::thread::hardware_concurrency());
  for (int first = 0; first < tasks; first += chunk)
    boost::asio::post(pool, [first, &primes] {
      int found = 0;
      for (int n = first; n < first + chunk; ++n) found += is_prime(n);
      primes += found;
    });
  pool.join();
  std::printf("%d\n", primes.load());
}
