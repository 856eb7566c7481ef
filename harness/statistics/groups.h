#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "statistics/cells.h"

namespace runoff {

/// Neighbours that are the `same` as the first of their group, together.
template <class T, class Same>
std::vector<std::span<const T>> groups_of(std::span<const T> all, Same same) {
  std::vector<std::span<const T>> groups;
  while (!all.empty()) {
    const auto end =
        std::find_if_not(all.begin(), all.end(), [&](const T& one) { return same(one, all.front()); });
    groups.push_back(all.first(static_cast<std::size_t>(end - all.begin())));
    all = all.subspan(groups.back().size());
  }
  return groups;
}

/// Cells that stand in the order of `gather_cells`, those of one problem together.
inline std::vector<std::span<const Cell>> groups_by_problem(std::span<const Cell> cells) {
  return groups_of(cells, [](const Cell& a, const Cell& b) { return a.problem == b.problem; });
}

}  // namespace runoff
