#include "statistics/unpaired_ratio.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <optional>

#include "statistics/log_values.h"
#include "statistics/pair_sums.h"
#include "statistics/student.h"

namespace runoff {
namespace {

std::vector<double> logs_of(const Series& series) {
  std::vector<double> logs;
  for (const double value : series.values) logs.push_back(log_of(value));
  return logs;
}

/// How many of the least differences lie outside a one-sided bound: the largest c at which Mann and Whitney's
/// U is at most c with a chance of at most `level`.
std::optional<std::size_t> differences_outside(std::size_t m, std::size_t n, double level) {
  constexpr std::size_t exact_up_to = 40;
  if (m > exact_up_to || n > exact_up_to) {
    const auto a = static_cast<double>(m), b = static_cast<double>(n);
    const double bound =
        a * b / 2 + std::sqrt(a * b * (a + b + 1) / 12) * quantile(boost::math::normal(), level);
    return bound <= 0 ? std::nullopt : std::optional(static_cast<std::size_t>(bound));
  }
  // Ways to get each U, by adding one of the `m + n` values after the other: chosen[k][u].
  std::vector<std::vector<double>> ways(m + 1, std::vector<double>(m * n + 1, 0.0));
  ways[0][0] = 1;
  for (std::size_t value = 0; value < m + n; ++value)
    for (std::size_t k = std::min(m, value + 1); k-- > 0;) {
      const std::size_t below = value - k;  // of the other series
      if (value < k || below > n) continue;
      for (std::size_t u = 0; u + below <= m * n; ++u) ways[k + 1][u + below] += ways[k][u];
    }
  double all = 0, sum = 0;
  for (const double count : ways[m]) all += count;
  std::optional<std::size_t> outside;
  for (std::size_t u = 0; u <= m * n; ++u) {
    sum += ways[m][u];
    if (sum / all > level) break;
    outside = u;
  }
  return outside;
}

}  // namespace

Estimate unpaired_ratio(const Series& one, const Series& other, double level) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  std::vector<double> first = logs_of(one), second = logs_of(other), turned = second;
  for (double& log : turned) log = -log;
  std::sort(first.begin(), first.end());
  std::sort(turned.begin(), turned.end());
  const PairSums differences(first, turned, [](std::size_t) { return std::size_t{0}; });
  const std::size_t last = first.size() * second.size() - 1;
  const double value = std::exp((differences.at(last / 2) + differences.at((last + 1) / 2)) / 2);
  if (const auto outside = differences_outside(first.size(), second.size(), level))
    return {value, std::exp(differences.at(*outside)), std::exp(differences.at(last - *outside))};
  if (first.size() < 2 || second.size() < 2) return {value, 0, infinite};
  const Moments a(first), b(second);
  const double error = a.error + b.error;
  if (error == 0) return {value, value, value};
  const double degrees = error * error / (a.error * a.error / (a.n - 1) + b.error * b.error / (b.n - 1));
  const double half = student_above(degrees, level) * std::sqrt(error);
  return {value, std::exp(a.mean - b.mean - half), std::exp(a.mean - b.mean + half)};
}

}  // namespace runoff
