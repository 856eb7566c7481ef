// Boost.Process (Debian: libboost1.81-dev): this program again for each worker, with a pipe.
// $ g++ -std=c++20 -O3 independent.cpp -o independent -pthread && ./independent
#include <boost/process.hpp>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <string>
#include <thread>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main(int count, char** words) {
  const int tasks = 1'000'000;
  if (count == 3) {  // a worker: its number, and how many there are
    int found = 0;
    for (int n = std::atoi(words[1]); n < tasks; n += std::atoi(words[2])) found += is_prime(n);
    return std::printf("%d\n", found) > 0 ? 0 : 1;
  }
  namespace process = boost::process;
  const unsigned workers = std::thread::hardware_concurrency();
  std::list<process::ipstream> results(workers);
  std::list<process::child> children;
  int primes = 0, worker = 0;
  for (auto& result : results)
    children.emplace_back(words[0], std::to_string(worker++), std::to_string(workers),
                          process::std_out > result);
  for (auto& result : results)
    for (int found; result >> found;) primes += found;
  for (auto& child : children) child.wait();
  std::printf("%d\n", primes);
}
