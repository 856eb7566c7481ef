#include "statistics/paired_ratio.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "statistics/log_values.h"
#include "statistics/signed_rank.h"
#include "statistics/student.h"

namespace runoff {
namespace {

/// How many means of two of the values, each with itself too, are at most `mean`; values in rising order.
std::size_t pairs_up_to(const std::vector<double>& values, double mean) {
  std::size_t pairs = 0, partners = values.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    while (partners > 0 && (values[i] + values[partners - 1]) / 2 > mean) --partners;
    if (partners <= i) break;
    pairs += partners - i;
  }
  return pairs;
}

/// The least mean of two of the values that is above `mean`.
double next_above(const std::vector<double>& values, double mean) {
  double next = std::numeric_limits<double>::infinity();
  std::size_t partner = values.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    while (partner > 0 && (values[i] + values[partner - 1]) / 2 > mean) --partner;
    const std::size_t first = std::max(partner, i);
    if (first < values.size()) next = std::min(next, (values[i] + values[first]) / 2);
  }
  return next;
}

}  // namespace

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

/// In rising order, from 0: found by halving, because there are n (n + 1) / 2 of them.
double PairedRatio::walsh_average(std::size_t place) const {
  double low = logs_.front(), high = logs_.back();
  if (pairs_up_to(logs_, low) > place) return low;
  while (pairs_up_to(logs_, high) > place) {  // high is one, low is below it
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (pairs_up_to(logs_, middle) > place)
      high = middle;
    else
      low = middle;
  }
  return next_above(logs_, low);
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
  std::vector<double> distances;
  distances.reserve(n * (n - 1) / 2);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 1; j < n; ++j) distances.push_back(logs_[j] - logs_[i]);
  const std::size_t half = n / 2 + 1;
  const auto place = distances.begin() + static_cast<std::ptrdiff_t>(half * (half - 1) / 2 - 1);
  std::nth_element(distances.begin(), place, distances.end());
  // With few values it would be too large: their table up to 9, and their formula from there.
  constexpr double few[] = {0.399, 0.994, 0.512, 0.844, 0.611, 0.857, 0.669, 0.872};
  const auto size = static_cast<double>(n);
  const double factor = n <= 9 ? few[n - 2] : n % 2 == 1 ? size / (size + 1.4) : size / (size + 3.8);
  return 2.2219 * factor * *place;
}

std::optional<Estimate> ratio_estimate(const Series& one, const Series& other) {
  const PairedRatio ratio(one, other);
  if (ratio.rounds() < fewest_samples) return std::nullopt;
  return ratio.estimate(0.025);
}

}  // namespace runoff
