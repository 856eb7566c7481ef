#pragma once

#include <atomic>
#include <exception>
#include <utility>

namespace runoff {

/// Carries the first exception of an execution to its caller, for runtimes that no exception may cross. Once
/// a task has thrown, the tasks that have not begun are skipped. One for each execution.
class FirstError {
 public:
  /// Runs the task unless an earlier one threw. Called from many workers at once.
  template <class Task>
  void guard(Task&& task) noexcept {
    if (thrown_.load(std::memory_order_relaxed)) return;
    try {
      std::forward<Task>(task)();
    } catch (...) {
      // Relaxed: it only elects who writes; the end of the execution orders that before rethrow().
      if (!thrown_.exchange(true, std::memory_order_relaxed)) error_ = std::current_exception();
    }
  }

  /// Throws what the first failing task threw, if any did. Called when no worker runs tasks any more.
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  // Every task reads the flag, so it shares its cache line with nothing that changes.
  alignas(64) std::atomic<bool> thrown_{false};
  std::exception_ptr error_;
};

}  // namespace runoff
