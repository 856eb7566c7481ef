#include "statistics/signed_rank.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

namespace runoff {
namespace {

constexpr std::size_t most_exact = 100;

/// The chance of each value of the sum of those of the ranks 1 to n that a fair coin takes.
std::vector<double> rank_sums(std::size_t n) {
  std::vector<double> chances{1};
  for (std::size_t rank = 1; rank <= n; ++rank) {
    std::vector<double> next(chances.size() + rank, 0.0);
    for (std::size_t sum = 0; sum < chances.size(); ++sum) {
      next[sum] += chances[sum] / 2;
      next[sum + rank] += chances[sum] / 2;
    }
    chances = std::move(next);
  }
  return chances;
}

}  // namespace

std::optional<std::size_t> walsh_averages_outside(std::size_t n, double level) {
  if (n == 0 || std::ldexp(1.0, -static_cast<int>(std::min<std::size_t>(n, 1000))) > level)
    return std::nullopt;
  if (n > most_exact) {
    const double all = static_cast<double>(n) * static_cast<double>(n + 1);
    const double spread = std::sqrt(all * (2 * static_cast<double>(n) + 1) / 24);
    const double bound = all / 4 + spread * quantile(boost::math::normal(), level);
    return bound <= 0 ? 0 : static_cast<std::size_t>(bound);
  }
  const std::vector<double> chances = rank_sums(n);
  std::size_t outside = 0;
  for (double sum = chances[0]; sum + chances[outside + 1] <= level;) sum += chances[++outside];
  return outside;
}

}  // namespace runoff
