#include "statistics/cells.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "statistics/pairs.h"

namespace runoff {

std::weak_ordering Problem::operator<=>(const Problem& other) const {
  if (const auto order = workload <=> other.workload; order != 0) return order;
  if (const auto order = compare_pairs(parameters, other.parameters); order != 0) return order;
  return std::tie(bound, shape) <=> std::tie(other.bound, other.shape);
}

std::vector<Cell> gather_cells(std::span<const Sample> samples) {
  using Key = std::tuple<Problem, std::int64_t, std::string, std::string>;
  std::map<Key, std::vector<Sample>> found;
  for (const Sample& sample : samples) {
    const Problem problem{sample.workload, sample.parameters, sample.bound, sample.shape};
    found[{problem, sample.workers, sample.backend, sample.variant}].push_back(sample);
  }

  std::vector<Cell> cells;
  for (auto& [key, of_cell] : found) {
    const auto& [problem, workers, backend, variant] = key;
    std::stable_sort(of_cell.begin(), of_cell.end(),
                     [](const Sample& a, const Sample& b) { return a.sample < b.sample; });
    Cell cell{problem, backend, variant, workers, workers, std::move(of_cell), Status::ok, {}};
    for (const Sample& sample : cell.samples) {
      if (sample.concurrency) cell.concurrency = *sample.concurrency;
      cell.status = worse(cell.status, sample.status);
      if (sample.status != Status::ok || !sample.wall_ns) continue;
      cell.wall.rounds.push_back(sample.sample);
      cell.wall.values.push_back(static_cast<double>(*sample.wall_ns));
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

const Cell* reference_of(const Cell& cell, std::span<const Cell> cells) {
  for (const Cell& other : cells) {
    if (other.is_reference() && other.problem == cell.problem && other.status == Status::ok &&
        other.wall.size() > 0)
      return &other;
  }
  return nullptr;
}

}  // namespace runoff
