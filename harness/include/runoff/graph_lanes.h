#pragma once

#include <cstddef>
#include <span>

#include "runoff/memory.h"
#include "runoff/results.h"
#include "runoff/scheduling/lanes.h"
#include "runoff/workload.h"

namespace runoff {

/// A graph and its results, as `Lanes` take them.
struct GraphWithResults {
  const Dependent& graph;
  Results results;

  std::size_t steps() const { return graph.steps(); }
  std::size_t width(std::size_t step) const { return graph.width(step); }
  std::span<const Interval> dependencies(std::size_t step, std::size_t point) const {
    return graph.dependencies(step, point);
  }
  void run(std::size_t step, std::size_t point) const { graph.run(step, point, results); }
};

/// `Lanes` over a workload. Claims what its workers share: the same in every process.
class GraphLanes : public Lanes<GraphWithResults> {
 public:
  GraphLanes(const Dependent& graph, Results results, Memory& memory, unsigned lanes, Scope scope)
      : GraphLanes({graph, results}, memory.array<LaneBlock>(lanes), memory, scope) {}

 private:
  GraphLanes(GraphWithResults graph, std::span<LaneBlock> lanes, Memory& memory, Scope scope)
      : Lanes(graph, memory.object<LanesBlock>(), lanes, scope) {}
};

}  // namespace runoff
