#pragma once

#include <exception>
#include <utility>

#include "runoff/scheduling/atomic.h"
#include "runoff/scheduling/cache_line.h"

namespace runoff {

/// Carries the first exception of an execution from the threads that work to the one that called them.
class ThreadFailure {
 public:
  /// Runs the task, unless an earlier one has thrown, and keeps what it throws. For runtimes that no
  /// exception may cross. Many threads may call this at once.
  template <class Task>
  void guard(Task&& task) noexcept {
    // Relaxed: an old answer only costs the work of one more task.
    if (taken_.load(std::memory_order_relaxed)) return;
    try {
      std::forward<Task>(task)();
    } catch (...) {
      keep();
    }
  }

  /// Keeps the exception that is being handled, unless another came first. Many threads may call this at
  /// once.
  void keep() noexcept {
    // Relaxed: the exchange only decides which thread writes. The end of the execution (release and acquire,
    // by whatever runs the threads) orders what it writes before `rethrow`.
    if (!taken_.exchange(true, std::memory_order_relaxed)) first_ = std::current_exception();
  }

  /// Throws what was kept, and forgets it. Only when no thread is left in the execution.
  void rethrow() {
    // Relaxed: the end of the execution has ordered all that threads wrote before this.
    if (!taken_.load(std::memory_order_relaxed)) return;
    taken_.store(false, std::memory_order_relaxed);
    std::rethrow_exception(std::exchange(first_, nullptr));
  }

 private:
  // `guard` reads the flag for every task, so that nothing that changes shares its cache line.
  alignas(cache_line) Atomic<bool> taken_{false};
  std::exception_ptr first_;
};

}  // namespace runoff
