#include "statistics/bootstrap.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

#include "statistics/median.h"
#include "statistics/random.h"

namespace runoff {
namespace {

/// A value that the median of a resample may have, and how likely it has it.
struct Chance {
  double value = 0;
  double share = 0;
};

/// How the median of a resample is spread: exactly, from the binomial distribution of the draws that lie
/// below each value (Maritz and Jarrett 1978), instead of by drawing.
class ResampledMedian {
 public:
  explicit ResampledMedian(std::vector<double> values)
      : sorted_(std::move(values)), n_(static_cast<double>(sorted_.size())) {
    std::sort(sorted_.begin(), sorted_.end());
  }

  /// In rising order of the values.
  std::vector<Chance> chances() const {
    std::vector<Chance> all = sorted_.size() % 2 == 1 ? of_one_middle() : of_two_middles();
    std::sort(all.begin(), all.end(), [](const Chance& a, const Chance& b) { return a.value < b.value; });
    return all;
  }

 private:
  /// How likely a draw is one of the k least values.
  double below(std::size_t k) const { return static_cast<double>(k) / n_; }

  /// How likely the `place`-th least draw, from 1, is the k-th least value, from 0.
  double is_value(double place, std::size_t k) const {
    const auto at_most = [&](std::size_t least) {
      if (least == 0) return 0.0;
      return cdf(complement(boost::math::binomial(n_, below(least)), place - 1));
    };
    return at_most(k + 1) - at_most(k);
  }

  std::vector<Chance> of_one_middle() const {
    std::vector<Chance> all;
    for (std::size_t k = 0; k < sorted_.size(); ++k) all.push_back({sorted_[k], is_value((n_ + 1) / 2, k)});
    return all;
  }

  /// The lower middle draw is value i, the upper one j: half of the draws are at most i, one of them at i,
  /// and the other half at least j.
  std::vector<Chance> of_two_middles() const {
    constexpr double nothing = 1e-12;
    const double half = n_ / 2;
    // Of each half its root; and of each draw twice its chance, so that thousands of them are no 0.
    const double ways =
        std::exp((std::lgamma(n_ + 1) - 2 * std::lgamma(half + 1)) / 2 - half * std::log(2.0));
    const auto power = [&](double share) { return ways * std::pow(2 * share, half); };
    std::vector<Chance> all;
    for (std::size_t i = 0; i < sorted_.size(); ++i) {
      const double lower = power(below(i + 1)) - power(below(i));
      double both = is_value(half, i);
      double upper = power(1 - below(i + 1));
      for (std::size_t j = i + 1; std::isfinite(lower) && j < sorted_.size() && lower * upper > nothing;
           ++j) {
        const double above = power(1 - below(j + 1));
        const double chance = lower * (upper - above);
        upper = above;
        both -= chance;
        if (chance > nothing) all.push_back({(sorted_[i] + sorted_[j]) / 2, chance});
      }
      all.push_back({sorted_[i], std::max(both, 0.0)});
    }
    return all;
  }

  std::vector<double> sorted_;
  double n_;
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
  if (!std::is_sorted(resampled_.begin(), resampled_.end())) std::sort(resampled_.begin(), resampled_.end());
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

Bootstrap bootstrap_median(const Series& series) {
  const std::vector<Chance> chances = ResampledMedian(series.values).chances();
  std::vector<double> resampled;
  resampled.reserve(resamples);
  double share = 0;
  for (const Chance& one : chances) {
    share += one.share;
    const double until = share * static_cast<double>(resamples) - 0.5;
    while (resampled.size() < resamples && static_cast<double>(resampled.size()) <= until)
      resampled.push_back(one.value);
  }
  resampled.resize(resamples, chances.back().value);
  return Bootstrap(std::move(resampled), series.size());
}

Estimate median_estimate(const Series& series) {
  return bootstrap_median(series).interval(median(series.values), 0.05);
}

}  // namespace runoff
