#include "cell/order.h"

#include <string>

#include "runoff/errors.h"

namespace runoff::cell {
namespace {

std::string name(std::size_t step, std::size_t point) {
  return "point " + std::to_string(point) + " of step " + std::to_string(step);
}

}  // namespace

Order::Order(Memory& memory, const Dependent& graph)
    : graph_(graph), ended_(memory.array<std::atomic<std::uint32_t>>(graph.slots())) {}

void Order::require_inputs(std::size_t step, std::size_t point, std::uint32_t execution) const {
  for (const Interval& inputs : graph_.dependencies(step, point))
    for (std::size_t input = inputs.first; input <= inputs.last; ++input)
      if (ended_[graph_.slot(step - 1, input)].load(std::memory_order_relaxed) != execution)
        throw WrongInput(name(step, point) + " was run before its input, " + name(step - 1, input) +
                         ", had ended");
}

}  // namespace runoff::cell
