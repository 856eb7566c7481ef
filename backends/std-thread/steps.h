#pragma once

#include <barrier>
#include <cstddef>
#include <limits>

#include "runoff/scheduling/atomic.h"
#include "runoff/workload.h"

/// Runs a graph step by step: each worker has an equal part of every step, and a std::barrier lies between
/// two steps. All workers must take part at once.
class Steps {
 public:
  Steps(const runoff::Dependent& graph, runoff::Results results, unsigned workers)
      : graph_(graph), results_(results), workers_(workers), barrier_(static_cast<std::ptrdiff_t>(workers)) {}

  /// Before each execution, while no worker runs. Relaxed: what lets the workers in publishes it.
  void reset() { failed_at_.store(never, std::memory_order_relaxed); }

  /// The part of worker `index`. What a task throws, this throws; the other workers stop after that step.
  void run(std::size_t index) {
    for (std::size_t step = 0; step < graph_.steps(); ++step) {
      try {
        run_part(step, index);
      } catch (...) {
        // Relaxed: the barrier publishes it.
        failed_at_.store(step, std::memory_order_relaxed);
        barrier_.arrive_and_wait();
        throw;
      }
      barrier_.arrive_and_wait();
      // A later step may have failed already, in which others wait for this worker: it stops only behind it.
      if (failed_at_.load(std::memory_order_relaxed) <= step) return;
    }
  }

 private:
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  void run_part(std::size_t step, std::size_t index) {
    const std::size_t width = graph_.width(step);
    const std::size_t last = (index + 1) * width / workers_;
    for (std::size_t point = index * width / workers_; point < last; ++point)
      graph_.run(step, point, results_);
  }

  const runoff::Dependent& graph_;
  runoff::Results results_;
  std::size_t workers_;
  std::barrier<> barrier_;
  runoff::Atomic<std::size_t> failed_at_{never};
};
