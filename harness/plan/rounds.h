#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "plan/plan.h"

namespace runoff {

/// The orders of a plan's rounds, of which each is made once.
class Rounds {
 public:
  explicit Rounds(const Plan& plan) : plan_(plan) {}

  const std::vector<std::size_t>& operator[](std::size_t round) {
    auto& order = rounds_[round];
    if (order.empty()) order = plan_.round(static_cast<unsigned>(round));
    return order;
  }
  /// The cell whose sample has this place in the order of the whole run.
  std::size_t cell_at(std::size_t place) {
    return (*this)[place / plan_.cells.size()][place % plan_.cells.size()];
  }

 private:
  const Plan& plan_;
  std::map<std::size_t, std::vector<std::size_t>> rounds_;
};

}  // namespace runoff
