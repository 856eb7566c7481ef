#pragma once

#include <cstddef>
#include <vector>

#include "runoff/workload.h"

namespace runoff::mpi {

/// Which messages a rank sends and receives while a graph runs: the points of each step are cut into one
/// block a rank, and a slot goes to every other rank that owns one of its dependents, once. Both sides list
/// the messages of a pair of ranks in the same order, by step and point, in which MPI delivers them.
class GraphPlan {
 public:
  struct Message {
    std::size_t slot;
    int peer;
  };
  /// What a rank does in a step.
  struct Step {
    Range points;                         ///< its own
    std::vector<Message> inputs;          ///< to receive before: slots of the step before
    std::vector<Message> outputs;         ///< to send, in the order of the points
    std::vector<std::size_t> sent_after;  ///< for each point of its own, how many outputs are ready after it
  };

  GraphPlan(const Dependent& graph, int rank, int ranks);

  const std::vector<Step>& steps() const { return steps_; }
  /// The slots that a rank writes, in a fixed order.
  static std::vector<std::size_t> slots_of(const Dependent& graph, int rank, int ranks);

 private:
  std::vector<Step> steps_;
};

}  // namespace runoff::mpi
