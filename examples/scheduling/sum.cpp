#include <atomic>
#include <iostream>

#include "runoff/scheduling/thread_team.h"

/// Adds up the numbers below a hundred million, on all cores.
int main() {
  std::atomic<std::uint64_t> sum{0};
  const auto add = [&sum](runoff::Range numbers) {
    std::uint64_t part = 0;
    for (std::uint64_t number = numbers.first; number < numbers.last; ++number) part += number;
    sum.fetch_add(part, std::memory_order_relaxed);  // the end of the loop publishes it
  };

  runoff::ThreadTeam team(runoff::allowed_cores(), add);
  team.lead(100'000'000);  // as often as you like
  std::cout << sum << '\n';
}
