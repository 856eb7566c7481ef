#include "lock.h"

#include <signal.h>

#include <cerrno>
#include <system_error>

#include "runoff/random.h"
#include "runoff/scheduling/spin.h"

namespace runoff::gil {
namespace {

/// The lock under which this thread runs a task; null while it does not. The handler of the signal does
/// nothing then, and so never meets the lock's own code half-way.
thread_local Lock* volatile running_under = nullptr;

// CPython's holder looks for a request once in each turn of a loop, which takes it some hundreds of
// nanoseconds, and the one that asks is just on its way to sleep then: where it has not come far, it takes
// the lock before another that waits has woken. Two threads that compute so keep a third waiting, many
// intervals at times. A signal takes longer than the look; so the one that asks waits until the holder has
// heard it (but not for a holder that has lost its core), and the holder takes a random part of such a turn
// from there.
constexpr std::uint64_t longest_turn_ns = 700;
constexpr std::chrono::microseconds longest_way{100};

// Ignored where no handler is, and used by next to nothing.
constexpr int let_go_signal = SIGURG;

}  // namespace

Lock::Lock(std::chrono::nanoseconds interval) : interval_(interval) {
  struct sigaction action {};
  action.sa_handler = asked_to_let_go;
  action.sa_flags = SA_RESTART;
  ::sigemptyset(&action.sa_mask);
  if (::sigaction(let_go_signal, &action, nullptr) != 0)
    throw std::system_error(errno, std::generic_category(), "sigaction");
}

void Lock::take() noexcept {
  acquire();
  running_under = this;
  // Asked for between the two: that signal found nothing to do.
  if (asked_.load(std::memory_order_relaxed)) asked_to_let_go(let_go_signal);
}

void Lock::let_go() noexcept {
  running_under = nullptr;
  release();
}

void Lock::asked_to_let_go(int) noexcept {
  Lock* const lock = running_under;
  // A request may have been met meanwhile, or be meant for the holder before.
  if (lock == nullptr || !lock->asked_.load(std::memory_order_relaxed)) return;
  lock->heard_.store(true, std::memory_order_relaxed);
  const auto now = std::chrono::steady_clock::now();
  const auto turn =
      splitmix64(static_cast<std::uint64_t>(now.time_since_epoch().count()), 0) % longest_turn_ns;
  while (std::chrono::steady_clock::now() < now + std::chrono::nanoseconds(turn)) pause();
  const int error = errno;
  running_under = nullptr;
  lock->release();
  lock->acquire();
  running_under = lock;
  errno = error;
}

void Lock::acquire() {
  std::unique_lock guard(mutex_);
  while (held_) {
    const std::uint64_t before = taken_;
    const bool timed_out = released_.wait_for(guard, interval_) == std::cv_status::timeout;
    // Where others took it in between, their interval has only begun.
    if (timed_out && held_ && taken_ == before) ask_holder();
  }
  {
    const std::lock_guard switching(switch_mutex_);
    held_ = true;
    if (taken_ == 0 || ::pthread_equal(holder_, ::pthread_self()) == 0) {
      holder_ = ::pthread_self();
      ++taken_;
    }
    switched_.notify_one();
  }
  asked_.store(false, std::memory_order_relaxed);
}

void Lock::release() {
  {
    const std::lock_guard guard(mutex_);
    held_ = false;
    released_.notify_one();
  }
  if (!asked_.load(std::memory_order_relaxed)) return;
  std::unique_lock guard(switch_mutex_);
  // Who asked is waiting for the lock, and will take it unless another has already.
  if (::pthread_equal(holder_, ::pthread_self()) == 0) return;
  asked_.store(false, std::memory_order_relaxed);
  const std::uint64_t before = taken_;
  switched_.wait(guard, [&] { return taken_ != before; });
}

void Lock::ask_holder() {
  heard_.store(false, std::memory_order_relaxed);
  asked_.store(true, std::memory_order_relaxed);
  // It cannot have ended: to let go it needs the mutex, which this thread holds.
  ::pthread_kill(holder_, let_go_signal);
  const auto until = std::chrono::steady_clock::now() + longest_way;
  while (!heard_.load(std::memory_order_relaxed) && std::chrono::steady_clock::now() < until) pause();
}

}  // namespace runoff::gil
