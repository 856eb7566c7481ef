#pragma once

#include <sched.h>

#include <chrono>
#include <cstddef>

namespace runoff {

/// Tells the core that this is a wait: it lends its resources to its twin and saves power.
inline void pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");
#endif
}

/// Asks `done` again and again, at most for `budget`. True as soon as it is. `spacing` pauses lie between two
/// questions: each question takes the cache line away from the core that writes it, so an idle worker that
/// asks too often slows the busy one down.
template <class Done>
bool spin(std::chrono::nanoseconds budget, unsigned spacing, Done done) {
  if (done()) return true;
  if (budget <= std::chrono::nanoseconds::zero()) return false;
  const auto until = std::chrono::steady_clock::now() + budget;
  do {
    for (int question = 0; question < 8; ++question) {
      for (unsigned i = 0; i < spacing; ++i) pause();
      if (done()) return true;
    }
  } while (std::chrono::steady_clock::now() < until);
  return false;
}

/// Cores that this process may use now; unlike `hardware_concurrency`, it honours taskset and cpusets.
inline unsigned allowed_cores() {
  // Machines with more cores than a plain cpu_set_t holds refuse it; a larger one fits all.
  constexpr std::size_t most = 1 << 16;
  cpu_set_t* set = CPU_ALLOC(most);
  if (set == nullptr) return 1;
  const std::size_t size = CPU_ALLOC_SIZE(most);
  CPU_ZERO_S(size, set);
  const int count = ::sched_getaffinity(0, size, set) == 0 ? CPU_COUNT_S(size, set) : 1;
  CPU_FREE(set);
  return count > 0 ? static_cast<unsigned>(count) : 1;
}

}  // namespace runoff
