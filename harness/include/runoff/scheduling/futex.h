#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdint>
#include <ctime>

#include "runoff/scheduling/atomic.h"

namespace runoff {

/// Which threads may sleep on a futex: those of this process only (cheaper), or those of every process that
/// maps the memory.
enum class Scope { threads, processes };

/// A 32-bit word that threads can sleep on (futex(2)). Sleepers of different `channel`s (bits) share the word
/// but are woken apart. A wake-up without a sleeper is not remembered: change the word before `wake`, and the
/// kernel, which compares it once more, lets no late thread sleep.
class Futex {
 public:
  Futex(Atomic<std::uint32_t>& word, Scope scope)
      : word_(&word), private_flag_(scope == Scope::threads ? FUTEX_PRIVATE_FLAG : 0) {}

  static constexpr std::chrono::nanoseconds forever{-1};

  /// Sleeps while the word is `expected`, at most `limit`. True when a `wake` ended the sleep; false when the
  /// word was another, the time was up, or a signal came. The caller looks at the word again in either case.
  bool wait(std::uint32_t expected, std::uint32_t channel, std::chrono::nanoseconds limit = forever) const {
    timespec until{};
    if (limit >= std::chrono::nanoseconds::zero()) {
      // The bitset form takes a point in time, on the monotonic clock.
      ::clock_gettime(CLOCK_MONOTONIC, &until);
      const std::int64_t nanoseconds = until.tv_nsec + limit.count();
      until.tv_sec += nanoseconds / 1'000'000'000;
      until.tv_nsec = nanoseconds % 1'000'000'000;
    }
    return ::syscall(SYS_futex, word_, FUTEX_WAIT_BITSET | private_flag_, expected,
                     limit < std::chrono::nanoseconds::zero() ? nullptr : &until, nullptr, channel) == 0;
  }

  /// Wakes at most `most` sleepers of the channel; returns how many.
  int wake(int most, std::uint32_t channel) const {
    return static_cast<int>(
        ::syscall(SYS_futex, word_, FUTEX_WAKE_BITSET | private_flag_, most, nullptr, nullptr, channel));
  }

 private:
  Atomic<std::uint32_t>* word_;
  int private_flag_;
};

static_assert(sizeof(Atomic<std::uint32_t>) == 4 && Atomic<std::uint32_t>::is_always_lock_free,
              "a futex is a plain 32-bit word");

}  // namespace runoff
