#include "statistics/bootstrap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <functional>

#include "series.h"
#include "statistics/median.h"

namespace runoff {
namespace {

// Calls `visit` with every way to draw n times from n.
void each_resample(std::size_t n, const std::function<void(const std::vector<std::size_t>&)>& visit) {
  std::vector<std::size_t> drawn(n, 0);
  for (;;) {
    visit(drawn);
    std::size_t place = 0;
    while (place < n && ++drawn[place] == n) drawn[place++] = 0;
    if (place == n) return;
  }
}

double drawn_median(const Series& series, const std::vector<std::size_t>& drawn) {
  std::vector<double> values;
  for (const std::size_t i : drawn) values.push_back(series.values[i]);
  return median(values);
}

// Where the expanded percentile interval cuts: Student's quantile, times sqrt(n / (n - 1)), for the normal
// one.
double expanded_tail(double tail, std::size_t n) {
  const double degrees = static_cast<double>(n) - 1;
  const double student = quantile(boost::math::students_t(degrees), tail);
  return cdf(boost::math::normal(), student * std::sqrt((degrees + 1) / degrees));
}

// That the resamples are spread as all that there are: no quantile is off.
void expect_same_distribution(const Bootstrap& bootstrap, std::vector<double> all, std::size_t n) {
  std::sort(all.begin(), all.end());
  const auto share_below = [&all](double value) {
    return static_cast<double>(std::lower_bound(all.begin(), all.end(), value) - all.begin()) /
           static_cast<double>(all.size());
  };
  const auto share_up_to = [&all](double value) {
    return static_cast<double>(std::upper_bound(all.begin(), all.end(), value) - all.begin()) /
           static_cast<double>(all.size());
  };
  for (const double level : {0.01, 0.05, 0.2, 0.5, 0.9}) {
    const double tail = expanded_tail(level / 2, n);
    const Estimate interval = bootstrap.interval(0, level);
    EXPECT_LE(share_below(interval.low), tail + 0.001) << level;
    EXPECT_GE(share_up_to(interval.low), tail - 0.001) << level;
    EXPECT_LE(share_below(interval.high), 1 - tail + 0.001) << level;
    EXPECT_GE(share_up_to(interval.high), 1 - tail - 0.001) << level;
  }
}

const Series six = series({31, 30, 37, 33, 58, 34});

TEST(Bootstrap, MedianIsSpreadAsAllResamples) {
  for (const Series& one : {six, series({3, 1, 2, 9, 5}), series({2, 1}), series({4, 4, 4, 8})}) {
    std::vector<double> all;
    each_resample(one.size(), [&](const auto& drawn) { all.push_back(drawn_median(one, drawn)); });
    expect_same_distribution(bootstrap_median(one), all, one.size());
  }
}

// From printed tables: for n = 10 Student's 2.262 times sqrt(10/9) is 2.384, beyond which lies 0.0086 of the
// normal distribution; for n = 20 it is 2.093 times sqrt(20/19), 2.147 and 0.0159.
TEST(Bootstrap, TailsAreExpanded) {
  std::vector<double> all(10'000);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<double>(i) / 1e4;
  EXPECT_NEAR(Bootstrap(all, 10).interval(0, 0.05).low, 0.0086, 0.00015);
  EXPECT_NEAR(Bootstrap(all, 20).interval(0, 0.05).low, 0.0159, 0.00015);
  EXPECT_NEAR(Bootstrap(all, 1'000'000).interval(0, 0.05).low, 0.025, 0.00015);
}

// For odd n a resample's median is at most the k-th least value when at least (n + 1) / 2 draws are: binomial
// tails (Efron 1979, section 3). For n = 21 they put the interval at the 6th and the 16th value.
TEST(Bootstrap, OrderStatisticsOf21) {
  std::vector<double> values;
  for (int i = 0; i < 21; ++i) values.push_back((i * 8) % 21 + 1);  // 1 to 21, shuffled
  const auto at_most = [](int k) {
    double sum = 0;
    for (int draws = 11; draws <= 21; ++draws)
      sum += std::exp(std::lgamma(22) - std::lgamma(draws + 1) - std::lgamma(22 - draws) +
                      draws * std::log(k / 21.0) + (21 - draws) * std::log(1 - k / 21.0));
    return sum;
  };
  ASSERT_LT(at_most(5), expanded_tail(0.025, 21));
  ASSERT_GT(at_most(6), expanded_tail(0.025, 21));
  const Estimate interval = median_estimate(series(values));
  EXPECT_EQ(interval.value, 11);
  EXPECT_EQ(interval.low, 6);
  EXPECT_EQ(interval.high, 16);
}

TEST(Bootstrap, SameSeedSameIntervalOnEveryPlatform) {
  RandomStream random(1);
  EXPECT_EQ(random.next(), 0x910a2dec89025cc1U);
  EXPECT_EQ(random.next(), 0xbeeb8da1658eec67U);
  const Estimate a = median_estimate(six), b = median_estimate(six);
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.high, b.high);
}

TEST(Bootstrap, EqualValuesHaveAnIntervalWithoutWidth) {
  const Estimate interval = median_estimate(series({5, 5, 5, 5, 5, 5}));
  EXPECT_EQ(interval.low, 5);
  EXPECT_EQ(interval.high, 5);
  const Bootstrap five = bootstrap_median(series({5, 5, 5, 5, 5, 5}));
  EXPECT_EQ(five.p_value(5), 1);
  EXPECT_EQ(five.p_value(6), 0);
}

TEST(Bootstrap, IntervalLiesBesideAValueExactlyWhenItsPValueAllows) {
  const Bootstrap middle = bootstrap_median(six);
  for (const double value : {29.0, 30.5, 31.0, 32.0, 33.5, 34.0, 36.0, 44.0, 58.0, 60.0})
    for (const double level : {0.5, 0.1, 0.05, 0.01, 0.001}) {
      const Estimate interval = middle.interval(33.5, level);
      const bool beside = interval.low > value || interval.high < value;
      EXPECT_EQ(beside, middle.p_value(value) <= level) << value << " at " << level;
    }
}

}  // namespace
}  // namespace runoff
