#pragma once

#include <atomic>
#include <cstddef>

#include "runoff/asynchronous.h"
#include "runoff/results.h"
#include "runoff/scheduling/cache_line.h"
#include "runoff/scheduling/thread_failure.h"

/// What all event loops of one execution share.
struct SharedLoop {
  const runoff::Asynchronous* workload = nullptr;
  runoff::Results results;
  std::size_t tasks = 0;
  runoff::ThreadFailure failure;

  /// The next task that no loop has taken; `tasks` or more when none is left. Relaxed, both: the counter
  /// orders nothing but itself.
  std::size_t take() { return next_.fetch_add(1, std::memory_order_relaxed); }
  void reset() { next_.store(0, std::memory_order_relaxed); }

  /// Keeps the exception that is being handled; tasks that have not begun are dropped.
  void fail() noexcept {
    failure.keep();
    next_.store(tasks, std::memory_order_relaxed);
  }

 private:
  alignas(runoff::cache_line) std::atomic<std::size_t> next_{0};
};
