#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "runoff/memory.h"
#include "runoff/workload.h"

namespace runoff::cell {

/// Sees whether the tasks of a graph that some watched execution runs have their inputs. It sees one in
/// shared memory, so by whichever worker it was run; not one by a worker that shares no memory.
class Order {
 public:
  Order(Memory& memory, const Dependent& graph);

  /// Throws WrongInput where a task that this one needs has not ended in that execution.
  void require_inputs(std::size_t step, std::size_t point, std::uint32_t execution) const;

  /// What makes sure that it is seen is what orders the two tasks: the backend.
  void note_end(std::size_t step, std::size_t point, std::uint32_t execution) const {
    ended_[graph_.slot(step, point)].store(execution, std::memory_order_relaxed);
  }

 private:
  const Dependent& graph_;
  std::span<std::atomic<std::uint32_t>> ended_;  // for each slot: in which watched execution
};

}  // namespace runoff::cell
