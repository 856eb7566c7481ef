#include "cell/clock_check.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <chrono>

namespace runoff::cell {
namespace {

long long kernels_clock() {
  timespec time{};
  ::syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

long long own_clock() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Of some looks the one that took least: a thread may be put off its core between two readings.
long long ahead() {
  long long best = 0, least = -1;
  for (int look = 0; look < 20 && (least < 0 || least > 2'000); ++look) {
    const long long first = kernels_clock(), own = own_clock(), last = kernels_clock();
    if (least >= 0 && last - first >= least) continue;
    least = last - first;
    best = own - first - least / 2;
  }
  return best;
}

}  // namespace

ClockCheck::ClockCheck() : before_(ahead()) {}

std::string ClockCheck::fault() const {
  constexpr long long tolerated = 100'000;
  const long long gained = ahead() - before_;
  if (std::llabs(gained) <= tolerated) return {};
  return "the clock that executions are timed with was " + std::to_string(std::llabs(gained)) + " ns " +
         (gained < 0 ? "slow" : "fast") + " against the kernel's";
}

}  // namespace runoff::cell
