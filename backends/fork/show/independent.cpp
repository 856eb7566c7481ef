// Forked processes that take chunks from a counter in memory that they share (mode=spawn).
// $ g++ -std=c++20 -O3 independent.cpp -o independent && ./independent
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <new>
#include <thread>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main() {
  constexpr int tasks = 1'000'000, chunk = 1000;
  struct Shared {
    std::atomic<int> next, primes;
  };
  void* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  auto& shared = *new (memory) Shared{};
  for (unsigned worker = 0; worker < std::thread::hardware_concurrency(); ++worker) {
    if (::fork() != 0) continue;
    int found = 0;
    for (int first; (first = shared.next.fetch_add(chunk)) < tasks;)
      for (int n = first; n < std::min(first + chunk, tasks); ++n) found += is_prime(n);
    shared.primes += found;
    ::_exit(0);
  }
  while (::wait(nullptr) > 0) {
  }
  std::printf("%d\n", shared.primes.load());
}
