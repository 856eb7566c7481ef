#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "plan/planned_cell.h"

namespace runoff {

/// What samples take, as far as it is known.
class Costs {
 public:
  explicit Costs(std::span<const PlannedCell> cells);

  void learn(std::size_t cell, std::chrono::nanoseconds time);
  /// No further sample of this cell will be taken.
  void forget(std::size_t cell) { cells_[cell].over = true; }

  /// Whether a sample was taken of the cell or another one of the same problem.
  bool known(std::size_t cell) const {
    return cells_[cell].over || problems_[cells_[cell].problem].samples > 0;
  }

  /// The mean of the cell's samples; of a cell without any, that of the same problem's, and else of all.
  std::chrono::nanoseconds expected(std::size_t cell) const;

 private:
  struct Spent {
    std::chrono::nanoseconds time{0};
    unsigned samples = 0;
  };
  struct Cell {
    std::size_t problem;  ///< its place among `problems_`
    Spent spent = {};
    bool over = false;
  };

  std::vector<Cell> cells_;
  std::vector<Spent> problems_;
  Spent all_;
};

}  // namespace runoff
