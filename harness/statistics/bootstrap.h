#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "plan/plan.h"  // fewest_samples

namespace runoff {

/// The measurements of one cell, one a process: `values[i]` was taken in round `rounds[i]`. Rounds are
/// ascending.
struct Series {
  std::vector<std::int64_t> rounds;
  std::vector<double> values;

  std::size_t size() const { return values.size(); }
};

/// A value with its interval.
struct Estimate {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// What a statistic was in resamples of the samples (Efron 1979), from the smallest up.
///
/// Few samples make resamples that vary too little: the plain percentile interval of the median of 7 held it
/// in 87 of 100 cases, not 95. So the tails are cut as in Hesterberg's expanded percentile interval ("What
/// teachers should know about the bootstrap", 2015): where Student's quantile, times sqrt(n / (n - 1)), takes
/// the place of the normal one. Then, from 6 to 30 samples, it is 96 to 98.
class Bootstrap {
 public:
  /// `samples`: how many there are, of the cell that has fewer.
  Bootstrap(std::vector<double> resampled, std::size_t samples);

  /// The percentile interval that leaves out `level` in all, half of it at each end.
  Estimate interval(double value, double level) const;

  /// Two-sided: the smallest level at which the interval lies beside `value`.
  double p_value(double value) const;

 private:
  std::vector<double> resampled_;
  std::size_t samples_;
};

inline constexpr std::size_t resamples = 10'000;
/// One for all: the same run gives the same intervals.
inline constexpr std::uint64_t resampling_seed = 1;

/// The medians of several series in each resample: rounds are drawn, for all series at once, and the same
/// ones from the same seed.
void for_each_resample(std::span<const Series* const> series, std::uint64_t seed, std::size_t times,
                       const std::function<void(std::span<const double> medians)>& use);

/// Of the median, as evenly as resamples without end would be spread. Needs at least one value.
Bootstrap bootstrap_median(const Series& series);

/// Median with its 95 % interval.
Estimate median_estimate(const Series& series);

}  // namespace runoff
