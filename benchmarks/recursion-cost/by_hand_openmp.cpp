#include <omp.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

// fib as one would write it for OpenMP alone: recursion-cost-by-hand-RUNTIME N WORKERS prints the nanoseconds
// of an execution. The examples of the standard spawn both calls as deferred tasks, which takes twice as
// long.

namespace {

std::int64_t fib(int n) {
  if (n < 2) return n;
  std::int64_t a = 0, b = 0;
#pragma omp task shared(b) firstprivate(n)
  b = fib(n - 2);
#pragma omp task shared(a) firstprivate(n) if (0)
  a = fib(n - 1);
#pragma omp taskwait
  return a + b;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "%s: expects N and WORKERS\n", argv[0]);
    return 2;
  }
  const int n = std::atoi(argv[1]), workers = std::atoi(argv[2]);
  std::int64_t result = 0;
  const auto execute = [&] {
#pragma omp parallel num_threads(workers)
#pragma omp single
    result = fib(n);
  };
  using Clock = std::chrono::steady_clock;
  execute();
  int executions = 0;
  const auto began = Clock::now();
  for (; executions == 0 || Clock::now() - began < std::chrono::milliseconds(50); ++executions) execute();
  const double ns = std::chrono::duration<double, std::nano>(Clock::now() - began).count() / executions;
  std::printf("{\"wall_ns\": %.0f, \"result\": %lld}\n", ns, static_cast<long long>(result));
}
