#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

// fib as one would write it for oneTBB alone: recursion-cost-by-hand N WORKERS prints the nanoseconds of an
// execution.

namespace {

std::int64_t fib(int n) {
  if (n < 2) return n;
  std::int64_t a = 0, b = 0;
  tbb::task_group group;
  group.run([&b, n] { b = fib(n - 2); });
  a = fib(n - 1);
  group.wait();
  return a + b;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "recursion-cost-by-hand: expects N and WORKERS\n");
    return 2;
  }
  const int n = std::atoi(argv[1]), workers = std::atoi(argv[2]);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(workers));
  tbb::task_arena arena(workers);
  std::int64_t result = 0;
  const auto execute = [&] { arena.execute([&] { result = fib(n); }); };
  using Clock = std::chrono::steady_clock;
  execute();
  int executions = 0;
  const auto began = Clock::now();
  for (; executions == 0 || Clock::now() - began < std::chrono::milliseconds(50); ++executions) execute();
  const double ns = std::chrono::duration<double, std::nano>(Clock::now() - began).count() / executions;
  std::printf("{\"wall_ns\": %.0f, \"result\": %lld}\n", ns, static_cast<long long>(result));
}
