#pragma once

#include <cstdint>
#include <vector>

#include "kernel.h"

/// A stencil as a program of its own would have it: tasks know their neighbours, check which task wrote their
/// inputs and compute. Each step has its own row, as in the workload.
class Stencil {
 public:
  Stencil(std::size_t width, std::size_t steps, std::uint64_t grain)
      : width_(width), steps_(steps), kernel_({.grain = grain, .width = width}), cells_(width * steps) {}

  std::size_t width() const { return width_; }
  std::size_t steps() const { return steps_; }

  void run(std::size_t step, std::size_t point) {
    if (step > 0)
      for (std::size_t input = point == 0 ? 0 : point - 1; input <= point + 1 && input < width_; ++input)
        check(step - 1, input);
    cells_[step * width_ + point] = {static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(point),
                                     kernel_.run(step, point)};
  }

 private:
  struct alignas(64) Cell {
    std::uint32_t step;
    std::uint32_t point;
    std::uint64_t value;
  };
  void check(std::size_t step, std::size_t point) const;

  std::size_t width_;
  std::size_t steps_;
  graph::Kernel kernel_;
  std::vector<Cell> cells_;
};

/// Says how often to execute: for 50 ms, after a first time that warms up.
class Clock {
 public:
  /// After each execution: whether there is to be another.
  bool go_on();
  /// {"wall_ns": the mean of an execution}
  void print() const;

 private:
  std::int64_t begin_ = 0;
  std::int64_t last_ = 0;
  int executions_ = -1;
};

/// WIDTH STEPS GRAIN WORKERS
struct ByHandArguments {
  std::size_t width, steps;
  std::uint64_t grain;
  unsigned workers;
};
ByHandArguments by_hand_arguments(int argc, char** argv);
