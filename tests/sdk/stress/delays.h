#pragma once

#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace runoff {

/// Before and after each operation on an `Atomic` of the code under test: a worker may lose its core, or fall
/// behind by a moment or by many, just there. What is rare between two instructions becomes frequent. Seeded
/// by RUNOFF_STRESS_SEED.
inline void at_atomic() {
  struct Chance {
    pid_t process = 0;
    std::uint64_t state = 0;
  };
  static std::atomic<std::uint64_t> threads{0};
  thread_local Chance chance;
  if (const pid_t now = ::getpid(); chance.process != now) {  // forked workers inherit this
    const char* const seed = std::getenv("RUNOFF_STRESS_SEED");
    chance = {now, (seed != nullptr ? std::strtoull(seed, nullptr, 10) : 1) * 0x9E3779B97F4A7C15 +
                       static_cast<std::uint64_t>(now) * 0xD1342543DE82EF95 + ++threads};
  }
  // SplitMix64
  std::uint64_t random = chance.state += 0x9E3779B97F4A7C15;
  random = (random ^ (random >> 30)) * 0xBF58476D1CE4E5B9;
  random = (random ^ (random >> 27)) * 0x94D049BB133111EB;
  random ^= random >> 31;
  const auto length = static_cast<unsigned>(random >> 32);
  const auto chance_of_1024 = random % 1024;
  if (chance_of_1024 == 0) ::usleep(length % 200);
  if (chance_of_1024 >= 1 && chance_of_1024 < 16) ::sched_yield();
  if (chance_of_1024 >= 16 && chance_of_1024 < 64)
    for (unsigned i = 0; i < length % 500; ++i) asm volatile("" ::: "memory");
}

}  // namespace runoff
