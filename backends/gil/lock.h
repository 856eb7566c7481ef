#pragma once

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "runoff/wait_observer.h"

namespace runoff::gil {

/// A global interpreter lock as CPython has had it since 3.2 (A. Pitrou's; Python/ceval_gil.h in 3.11): a
/// thread that wants it waits for an interval; when nothing has changed hands meanwhile it asks the holder to
/// let go, and the holder then waits until another thread has taken it (forced switching). It is let go
/// around calls that wait.
///
/// CPython's holder looks for such a request between two bytecodes. A task here is machine code without such
/// places, so the one who asks sends the holder a signal, as Go does to preempt goroutines; the holder lets
/// go in the signal's handler, wherever in the task that is.
class Lock final : public WaitObserver {
 public:
  explicit Lock(std::chrono::nanoseconds interval);

  /// Only while the calling thread has it may it run tasks.
  void take() noexcept;
  void let_go() noexcept;

  void begins_to_wait() noexcept override { let_go(); }
  void has_waited() noexcept override { take(); }

 private:
  static void asked_to_let_go(int) noexcept;
  void acquire();
  void release();
  void ask_holder();

  std::chrono::nanoseconds interval_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable released_;
  bool held_ = false;
  // Written under both mutexes, and so read under either.
  pthread_t holder_{};       // the last one; it may have let go
  std::uint64_t taken_ = 0;  // how often the lock has changed hands

  std::atomic<bool> asked_{false};  // to let go
  std::atomic<bool> heard_{false};  // by the holder, that it was asked
  std::mutex switch_mutex_;         // for who let go when asked, and waits until another has the lock
  std::condition_variable switched_;
};

}  // namespace runoff::gil
