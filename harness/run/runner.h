#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "record/sample.h"

namespace runoff {

/// A sample, and what it took to take it, from the start of its process to the end, and what it waited
/// before.
struct Taken {
  Sample sample;
  std::chrono::nanoseconds time{0};
};

/// Measures cells.
class Runner {
 public:
  virtual ~Runner() = default;

  /// Takes one sample of the cell with this number in the plan. Nothing when the run was interrupted, or when
  /// the cell had not ended within `limit` and its own time limit is longer: that says nothing about the
  /// cell. Throws MachineError when no cell can be measured any more.
  virtual std::optional<Taken> take(std::size_t cell, std::chrono::nanoseconds limit) = 0;

  /// One sample of each of these cells, which are compared with each other, as `take` takes it. Cells take
  /// turns where they can: each is stopped while others measure.
  virtual std::vector<std::optional<Taken>> take_in_turns(std::span<const std::size_t> cells,
                                                          std::chrono::nanoseconds limit) = 0;
  /// How many cells may be given to `take_in_turns`; 1: none takes turns.
  virtual std::size_t most_in_turns() const = 0;

  /// How long a sample may take whatever the budget: one that takes longer is a `timeout`.
  virtual std::chrono::nanoseconds time_limit() const = 0;

  virtual bool interrupted() const = 0;
};

}  // namespace runoff
