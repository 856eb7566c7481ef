#include "statistics/bootstrap.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <utility>

#include "statistics/median.h"
#include "statistics/random.h"

namespace runoff {
namespace {

// How often each sample was drawn in one resample.
using Draws = std::vector<std::uint32_t>;

void draw(Draws& draws, RandomStream& random) {
  std::fill(draws.begin(), draws.end(), 0U);
  for (std::size_t i = 0; i < draws.size(); ++i)
    ++draws[random.below(static_cast<std::uint32_t>(draws.size()))];
}

// The median of a resample: sorted once, then each resample is a walk to its middle.
class ResampledMedian {
 public:
  explicit ResampledMedian(const Series& series) : values_(series.values), order_(series.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::sort(order_.begin(), order_.end(), [this](auto a, auto b) { return values_[a] < values_[b]; });
  }

  double operator()(const Draws& draws) const {
    const std::size_t n = order_.size();
    std::size_t passed = 0, i = 0;
    while ((passed += draws[order_[i]]) < (n + 1) / 2) ++i;
    const double lower = values_[order_[i]];
    if (n % 2 == 1 || passed > n / 2) return lower;
    while (draws[order_[++i]] == 0) continue;
    return (lower + values_[order_[i]]) / 2;
  }

 private:
  const std::vector<double>& values_;
  std::vector<std::size_t> order_;
};

// The share of resamples to leave out at one end so that `tail` of the truth is left out, and back.
double expanded(double tail, std::size_t samples) {
  const double n = static_cast<double>(samples);
  const double student = quantile(boost::math::students_t(n - 1), tail);
  return cdf(boost::math::normal(), student * std::sqrt(n / (n - 1)));
}

double contracted(double share, std::size_t samples) {
  const double n = static_cast<double>(samples);
  const double normal = quantile(boost::math::normal(), share);
  return cdf(boost::math::students_t(n - 1), normal / std::sqrt(n / (n - 1)));
}

}  // namespace

Bootstrap::Bootstrap(std::vector<double> resampled, std::size_t samples)
    : resampled_(std::move(resampled)), samples_(samples) {
  std::sort(resampled_.begin(), resampled_.end());
}

Estimate Bootstrap::interval(double value, double level) const {
  const double share = samples_ < 2 ? 0 : expanded(level / 2, samples_);
  const std::size_t out = std::min(static_cast<std::size_t>(share * static_cast<double>(resampled_.size())),
                                   (resampled_.size() - 1) / 2);
  return {value, resampled_[out], resampled_[resampled_.size() - 1 - out]};
}

double Bootstrap::p_value(double value) const {
  const auto [first, last] = std::equal_range(resampled_.begin(), resampled_.end(), value);
  const auto not_above = last - resampled_.begin(), not_below = resampled_.end() - first;
  const double share =
      static_cast<double>(std::min(not_above, not_below)) / static_cast<double>(resampled_.size());
  if (share == 0) return 0;
  return share >= 0.5 || samples_ < 2 ? 1 : 2 * contracted(share, samples_);
}

void for_each_resample(std::span<const Series* const> series, std::uint64_t seed, std::size_t times,
                       const std::function<void(std::span<const double> medians)>& use) {
  std::size_t most = 0;
  for (const Series* one : series) most = std::max(most, one->size());
  RandomStream random(seed);
  std::vector<double> draws(most), drawn, medians(series.size());
  for (std::size_t time = 0; time < times; ++time) {
    for (double& number : draws) number = random.unit();
    for (std::size_t i = 0; i < series.size(); ++i) {
      const std::vector<double>& values = series[i]->values;
      drawn.clear();
      for (std::size_t k = 0; k < values.size(); ++k)
        drawn.push_back(values[static_cast<std::size_t>(draws[k] * static_cast<double>(values.size()))]);
      medians[i] = median(drawn);
    }
    use(medians);
  }
}

Bootstrap bootstrap_median(const Series& series, std::uint64_t seed) {
  RandomStream random(seed);
  const ResampledMedian resampled_median(series);
  Draws draws(series.size());
  std::vector<double> resampled(resamples);
  for (double& one : resampled) {
    draw(draws, random);
    one = resampled_median(draws);
  }
  return Bootstrap(std::move(resampled), series.size());
}

Estimate median_estimate(const Series& series, std::uint64_t seed) {
  return bootstrap_median(series, seed).interval(median(series.values), 0.05);
}

}  // namespace runoff
