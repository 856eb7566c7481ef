#pragma once

#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "runoff/workload.h"

/// A graph of tasks in one task_group: each task counts its missing inputs, and the task that brings
/// the last one runs it.
class Counted {
 public:
  Counted(const runoff::Dependent& workload, runoff::Results results, oneapi::tbb::task_arena& arena)
      : workload_(workload), results_(results), arena_(arena), missing_(workload.slots()) {
    for (std::size_t step = 0; step < workload.steps(); ++step)
      for (std::size_t point = 0; point < workload.width(step); ++point) {
        reset({step, point});
        if (workload.dependencies(step, point).empty()) sources_.push_back({step, point});
      }
  }

  /// Runs every task once; throws what a task throws.
  void execute() {
    arena_.execute([this] {
      oneapi::tbb::task_group group;
      for (const Task& source : sources_) group.run([this, &group, source] { run_from(group, source); });
      try {
        group.wait();
      } catch (...) {
        // Counts of tasks that were not reached are as they happen to be.
        for (std::size_t step = 0; step < workload_.steps(); ++step)
          for (std::size_t point = 0; point < workload_.width(step); ++point) reset({step, point});
        throw;
      }
    });
  }

 private:
  struct Task {
    std::size_t step;
    std::size_t point;
  };

  std::atomic<std::uint32_t>& missing(Task task) { return missing_[workload_.slot(task.step, task.point)]; }

  void reset(Task task) {
    std::uint32_t count = 0;
    for (const auto& needs : workload_.dependencies(task.step, task.point))
      count += needs.last - needs.first + 1;
    // Relaxed: no task counts it down before the task's own results have published it.
    missing(task).store(count, std::memory_order_relaxed);
  }

  /// Runs the task, then one of those that it has set free; the others go to the task_group.
  void run_from(oneapi::tbb::task_group& group, Task first) {
    for (std::optional<Task> next = first; next;) {
      const Task task = *std::exchange(next, std::nullopt);
      reset(task);  // for the next execution
      workload_.run(task.step, task.point, results_);
      for (const auto& waiters : workload_.dependents(task.step, task.point))
        for (std::size_t point = waiters.first; point <= waiters.last; ++point) {
          const Task waiter{task.step + 1, point};
          // Acquire and release: the task that takes the last one sees the results of all.
          if (missing(waiter).fetch_sub(1, std::memory_order_acq_rel) != 1) continue;
          if (next)
            group.run([this, &group, waiter] { run_from(group, waiter); });
          else
            next = waiter;
        }
    }
  }

  const runoff::Dependent& workload_;
  runoff::Results results_;
  oneapi::tbb::task_arena& arena_;
  std::vector<std::atomic<std::uint32_t>> missing_;
  std::vector<Task> sources_;
};
