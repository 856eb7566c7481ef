#include "statistics/cells.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "statistics/pairs.h"
#include "support/text.h"

namespace runoff {

std::weak_ordering Problem::operator<=>(const Problem& other) const {
  if (const auto order = workload <=> other.workload; order != 0) return order;
  if (const auto order = compare_pairs(parameters, other.parameters); order != 0) return order;
  return std::tie(bound, shape, reference) <=> std::tie(other.bound, other.shape, other.reference);
}

std::string Problem::reference_name() const {
  std::string name = reference;
  std::replace(name.begin(), name.end(), ':', ' ');
  return name;
}

bool Cell::is_reference() const {
  const auto parts = split(problem.reference, ":");
  const Pairs options = parse_pairs(variant);
  return parts.front() == backend &&
         std::all_of(parts.begin() + 1, parts.end(), [&](const std::string& part) {
           const auto wanted = parse_pairs(part);
           return std::find(options.begin(), options.end(), wanted.front()) != options.end();
         });
}

std::vector<Cell> gather_cells(const SharedSamples& samples,
                               const std::map<std::string, std::string>& references) {
  using Key = std::tuple<Problem, std::int64_t, std::string, std::string>;
  std::map<Key, std::vector<const Sample*>> found;
  for (const Sample& sample : samples) {
    Problem problem{sample.workload, sample.parameters, sample.bound, sample.shape};
    if (const auto other = references.find(sample.workload); other != references.end())
      problem.reference = other->second;
    found[{problem, sample.workers, sample.backend, sample.variant}].push_back(&sample);
  }

  std::vector<Cell> cells;
  for (auto& [key, of_cell] : found) {
    const auto& [problem, workers, backend, variant] = key;
    std::stable_sort(of_cell.begin(), of_cell.end(),
                     [](const Sample* a, const Sample* b) { return a->sample < b->sample; });
    Cell cell{problem, backend, variant, workers, workers, {samples, std::move(of_cell)}, Status::ok, {}};
    for (const Sample& sample : cell.samples) {
      if (sample.concurrency) cell.concurrency = *sample.concurrency;
      cell.status = worse(cell.status, sample.status);
    }
    cell.wall = series_of_ok(cell.samples, compared_ns);
    cells.push_back(std::move(cell));
  }
  return cells;
}

const Cell* reference_of(const Cell& cell, std::span<const Cell> cells) {
  // Cells of one problem lie together: where this is one of them, so does its reference.
  std::size_t first = 0;
  const auto same = [&cell](const Cell& other) { return other.problem == cell.problem; };
  const bool inside = !cells.empty() && &cell >= cells.data() && &cell < cells.data() + cells.size();
  if (inside) {
    first = static_cast<std::size_t>(&cell - cells.data());
    while (first > 0 && same(cells[first - 1])) --first;
  }
  for (const Cell& other : cells.subspan(first)) {
    if (!same(other)) {
      if (inside) break;
      continue;
    }
    if (other.is_reference() && other.status == Status::ok && other.wall.size() > 0) return &other;
  }
  return nullptr;
}

}  // namespace runoff
