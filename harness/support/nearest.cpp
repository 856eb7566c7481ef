#include "support/nearest.h"

#include <algorithm>
#include <vector>

namespace runoff {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      cost[i][j] =
          std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

std::string suggestion(std::string_view name, std::span<const std::string> known) {
  if (known.empty()) return {};
  const auto nearest = std::min_element(known.begin(), known.end(), [name](const auto& a, const auto& b) {
    return edit_distance(name, a) < edit_distance(name, b);
  });
  // "Did you mean" would be a guess where more than half of the longer name differs.
  const std::size_t distance = edit_distance(name, *nearest);
  if (2 * distance <= std::max(name.size(), nearest->size())) return "; did you mean '" + *nearest + "'?";
  std::string all = "; known: ";
  for (const auto& one : known) all += (&one == &known.front() ? "" : ", ") + one;
  return all;
}

}  // namespace runoff
