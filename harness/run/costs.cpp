#include "run/costs.h"

#include <map>
#include <string>
#include <utility>

namespace runoff {

using std::chrono::nanoseconds;

Costs::Costs(std::span<const PlannedCell> cells) {
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (const PlannedCell& cell : cells)
    cells_.push_back({places.try_emplace({cell.workload, cell.parameters}, places.size()).first->second});
  problems_.resize(places.size());
}

void Costs::learn(std::size_t cell, nanoseconds time) {
  for (Spent* spent : {&cells_[cell].spent, &problems_[cells_[cell].problem], &all_}) {
    spent->time += time;
    ++spent->samples;
  }
}

nanoseconds Costs::expected(std::size_t cell) const {
  if (cells_[cell].over) return nanoseconds{0};
  for (const Spent* spent : {&cells_[cell].spent, &problems_[cells_[cell].problem], &all_})
    if (spent->samples > 0) return spent->time / spent->samples;
  return nanoseconds{0};
}

}  // namespace runoff
