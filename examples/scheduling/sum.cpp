#include <atomic>
#include <iostream>
#include <thread>
#include <vector>

#include "runoff/scheduling/team.h"
#include "runoff/scheduling/thread_failure.h"

/// Adds up the numbers below a hundred million, on all cores.
int main() {
  std::atomic<std::uint64_t> sum{0};
  const auto add = [&sum](runoff::Range numbers) {
    std::uint64_t part = 0;
    for (std::uint64_t number = numbers.first; number < numbers.last; ++number) part += number;
    sum.fetch_add(part, std::memory_order_relaxed);  // the end of the loop publishes it
  };

  const unsigned workers = runoff::allowed_cores();
  runoff::TeamBlock block{};
  runoff::ThreadFailure failure;
  runoff::Team team(block, workers, runoff::Scope::threads);
  std::vector<std::jthread> others;
  while (others.size() + 1 < workers) others.emplace_back([&] { team.serve(add, failure); });

  team.lead(100'000'000, add, failure);  // as often as you like
  team.end();
  std::cout << sum << '\n';
}
