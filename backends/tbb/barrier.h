#pragma once

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <cstddef>

#include "runoff/workload.h"

/// A graph of tasks as a parallel_for in equal parts for each step, one after the other.
class Barrier {
 public:
  Barrier(const runoff::Dependent& workload, runoff::Results results, oneapi::tbb::task_arena& arena)
      : workload_(workload), results_(results), arena_(arena) {}

  /// Runs every task once; throws what a task throws.
  void execute() {
    arena_.execute([this] {
      for (std::size_t step = 0; step < workload_.steps(); ++step)
        oneapi::tbb::parallel_for(
            Points(0, workload_.width(step)),
            [this, step](const Points& points) {
              for (std::size_t point = points.begin(); point != points.end(); ++point)
                workload_.run(step, point, results_);
            },
            oneapi::tbb::static_partitioner());
    });
  }

 private:
  using Points = oneapi::tbb::blocked_range<std::size_t>;

  const runoff::Dependent& workload_;
  runoff::Results results_;
  oneapi::tbb::task_arena& arena_;
};
