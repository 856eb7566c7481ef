#include "statistics/holm.h"

#include <algorithm>
#include <numeric>

namespace runoff {
namespace {

std::vector<std::size_t> ascending(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&values](auto a, auto b) { return values[a] < values[b]; });
  return order;
}

}  // namespace

std::vector<double> holm_levels(std::span<const double> p_values, double alpha) {
  std::vector<double> levels(p_values.size());
  std::size_t m = p_values.size();
  double level = alpha;
  bool stopped = false;
  for (const std::size_t i : ascending(p_values)) {
    if (!stopped) level = alpha / static_cast<double>(m--);
    stopped = stopped || p_values[i] > level;
    levels[i] = level;
  }
  return levels;
}

}  // namespace runoff
