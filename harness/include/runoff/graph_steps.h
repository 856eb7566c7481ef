#pragma once

#include <cstddef>

#include "runoff/results.h"
#include "runoff/scheduling/range.h"
#include "runoff/workload.h"

namespace runoff {

/// A graph as one loop after the other: `for_each(tasks, body)` calls `body(Range)` for all of so many tasks,
/// and returns when they have ended.
template <class ForEach>
void run_in_steps(const Dependent& graph, Results results, const ForEach& for_each) {
  for (std::size_t step = 0; step < graph.steps(); ++step)
    for_each(graph.width(step), [&](Range points) {
      for (std::size_t point = points.first; point < points.last; ++point) graph.run(step, point, results);
    });
}

}  // namespace runoff
