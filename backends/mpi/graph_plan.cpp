#include "graph_plan.h"

#include <algorithm>

namespace runoff::mpi {
namespace {

Range block(std::size_t width, int rank, int ranks) {
  const auto r = static_cast<std::size_t>(rank), n = static_cast<std::size_t>(ranks);
  return {r * width / n, (r + 1) * width / n};
}

int owner(std::size_t point, std::size_t width, int ranks) {
  return static_cast<int>(((point + 1) * static_cast<std::size_t>(ranks) - 1) / width);
}

bool contains(Range range, std::size_t point) { return range.first <= point && point < range.last; }

std::vector<GraphPlan::Message> inputs_of(const Dependent& graph, std::size_t step, Range own, int rank,
                                          int ranks) {
  if (step == 0) return {};
  const std::size_t width = graph.width(step - 1);
  const Range here = block(width, rank, ranks);
  std::vector<bool> needed(width);
  for (std::size_t point = own.first; point < own.last; ++point)
    for (const Interval& interval : graph.dependencies(step, point))
      for (std::size_t input = interval.first; input <= interval.last; ++input)
        if (!contains(here, input)) needed[input] = true;
  std::vector<GraphPlan::Message> inputs;
  for (std::size_t input = 0; input < width; ++input)
    if (needed[input]) inputs.push_back({graph.slot(step - 1, input), owner(input, width, ranks)});
  return inputs;
}

void add_outputs(const Dependent& graph, std::size_t step, int rank, int ranks, GraphPlan::Step& all) {
  std::vector<int> peers;
  for (std::size_t point = all.points.first; point < all.points.last; ++point) {
    peers.clear();
    for (const Interval& interval : graph.dependents(step, point)) {
      const std::size_t width = graph.width(step + 1);
      // Every rank between the owners of the first and the last owns a point of the interval, or none at all.
      const int last = owner(interval.last, width, ranks);
      for (int peer = owner(interval.first, width, ranks); peer <= last; ++peer)
        if (peer != rank && !block(width, peer, ranks).empty()) peers.push_back(peer);
    }
    std::sort(peers.begin(), peers.end());
    peers.erase(std::unique(peers.begin(), peers.end()), peers.end());
    for (const int peer : peers) all.outputs.push_back({graph.slot(step, point), peer});
    all.sent_after.push_back(all.outputs.size());
  }
}

}  // namespace

GraphPlan::GraphPlan(const Dependent& graph, int rank, int ranks) {
  steps_.resize(graph.steps());
  for (std::size_t step = 0; step < steps_.size(); ++step) {
    Step& all = steps_[step];
    all.points = block(graph.width(step), rank, ranks);
    all.inputs = inputs_of(graph, step, all.points, rank, ranks);
    add_outputs(graph, step, rank, ranks, all);
  }
}

std::vector<std::size_t> GraphPlan::slots_of(const Dependent& graph, int rank, int ranks) {
  std::vector<std::size_t> slots;
  for (std::size_t step = 0; step < graph.steps(); ++step) {
    const Range points = block(graph.width(step), rank, ranks);
    for (std::size_t point = points.first; point < points.last; ++point)
      slots.push_back(graph.slot(step, point));
  }
  return slots;
}

}  // namespace runoff::mpi
