#pragma once

#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <cstddef>

#include "runoff/workload.h"

/// A graph that is a pipeline, as a parallel_pipeline: a filter for each step, through which the points go
/// one after the other, several at a time.
class Pipeline {
 public:
  /// Throws Unsupported for any other graph.
  Pipeline(const runoff::Dependent& workload, runoff::Results results, oneapi::tbb::task_arena& arena,
           std::size_t workers)
      : arena_(arena), under_way_(2 * workers), points_(workload.width(0)) {
    require_pipeline(workload);
    // The feed is serial; what it hands out may run at once, and out of order.
    auto chain = oneapi::tbb::make_filter<void, std::size_t>(
        oneapi::tbb::filter_mode::serial_in_order, [this](oneapi::tbb::flow_control& control) -> std::size_t {
          if (next_ == points_) control.stop();
          return next_ == points_ ? 0 : next_++;
        });
    for (std::size_t step = 0; step + 1 < workload.steps(); ++step)
      chain = chain & oneapi::tbb::make_filter<std::size_t, std::size_t>(
                          oneapi::tbb::filter_mode::parallel, [&workload, results, step](std::size_t point) {
                            workload.run(step, point, results);
                            return point;
                          });
    const std::size_t last = workload.steps() - 1;
    whole_ = chain & oneapi::tbb::make_filter<std::size_t, void>(
                         oneapi::tbb::filter_mode::parallel, [&workload, results, last](std::size_t point) {
                           workload.run(last, point, results);
                         });
  }

  /// Runs every task once; throws what a task throws.
  void execute() {
    next_ = 0;
    arena_.execute([this] { oneapi::tbb::parallel_pipeline(under_way_, whole_); });
  }

 private:
  static void require_pipeline(const runoff::Dependent& workload) {
    for (std::size_t step = 0; step < workload.steps(); ++step)
      for (std::size_t point = 0; point < workload.width(step); ++point) {
        const auto needs = workload.dependencies(step, point);
        const bool same = needs.size() == 1 && needs[0].first == point && needs[0].last == point;
        if (workload.width(step) != workload.width(0) || (step == 0 ? !needs.empty() : !same))
          throw runoff::Unsupported(
              "graph=pipeline: a parallel_pipeline takes graphs in which each point of a step needs the same "
              "point of the step before, and nothing else");
      }
  }

  oneapi::tbb::task_arena& arena_;
  std::size_t under_way_;
  std::size_t points_;
  std::size_t next_ = 0;
  oneapi::tbb::filter<void, void> whole_;
};
