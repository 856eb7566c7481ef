#include "statistics/paired_ratio.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "statistics/log_values.h"
#include "statistics/pair_sums.h"
#include "statistics/signed_rank.h"
#include "statistics/student.h"

namespace runoff {
PairedRatio::PairedRatio(const Series& one, const Series& other) {
  std::size_t i = 0, j = 0;
  while (i < one.size() && j < other.size()) {
    if (one.rounds[i] == other.rounds[j])
      logs_.push_back(log_of(one.values[i++]) - log_of(other.values[j++]));
    else if (one.rounds[i] < other.rounds[j])
      ++i;
    else
      ++j;
  }
  std::sort(logs_.begin(), logs_.end());
}

/// In rising order, from 0. Each value also has a mean with itself.
double PairedRatio::walsh_average(std::size_t place) const {
  return PairSums(logs_, logs_, [](std::size_t i) { return i; }).at(place) / 2;
}

Estimate PairedRatio::estimate(double level) const {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (logs_.empty()) return {std::numeric_limits<double>::quiet_NaN(), 0, infinite};
  const std::size_t all = logs_.size() * (logs_.size() + 1) / 2;
  const double value = std::exp((walsh_average((all - 1) / 2) + walsh_average(all / 2)) / 2);
  if (const auto outside = walsh_averages_outside(logs_.size(), level))
    return {value, std::exp(walsh_average(*outside)), std::exp(walsh_average(all - 1 - *outside))};
  if (logs_.size() < 2) return {value, 0, infinite};
  const Moments logs(logs_);
  const double half = student_above(logs.n - 1, level) * std::sqrt(logs.error);
  return {value, std::exp(logs.mean - half), std::exp(logs.mean + half)};
}

double PairedRatio::spread() const {
  const std::size_t n = logs_.size();
  if (n < 2) return std::numeric_limits<double>::infinity();
  // A distance is the sum of a value and of one with the sign turned that stands before it.
  std::vector<double> turned(logs_.rbegin(), logs_.rend());
  for (double& value : turned) value = -value;
  const std::size_t half = n / 2 + 1;
  const double distance =
      PairSums(turned, logs_, [n](std::size_t i) { return n - i; }).at(half * (half - 1) / 2 - 1);
  // With few values it would be too large: their table up to 9, and their formula from there.
  constexpr double few[] = {0.399, 0.994, 0.512, 0.844, 0.611, 0.857, 0.669, 0.872};
  const auto size = static_cast<double>(n);
  const double factor = n <= 9 ? few[n - 2] : n % 2 == 1 ? size / (size + 1.4) : size / (size + 3.8);
  return 2.2219 * factor * distance;
}

std::optional<Estimate> ratio_estimate(const Series& one, const Series& other) {
  const PairedRatio ratio(one, other);
  if (ratio.rounds() < fewest_samples) return std::nullopt;
  return ratio.estimate(0.025);
}

}  // namespace runoff
