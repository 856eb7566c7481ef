#include "statistics/paired_ratio.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "series.h"

namespace runoff {
namespace {

Series exponentials(std::vector<double> values) {
  for (double& value : values) value = std::exp(value);
  return series(values);
}

// Hollander and Wolfe, "Nonparametric Statistical Methods", examples 3.1, 3.3 and 3.4: depression before and
// after tranquilizers. Their estimate is 0.46, their 96.1 % interval 0.010 to 0.786.
TEST(PairedRatio, PublishedExample) {
  const Series before = exponentials({1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30});
  const Series after = exponentials({0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29});
  const Estimate ratio = PairedRatio(before, after).estimate(0.0196);
  EXPECT_NEAR(std::log(ratio.value), 0.46, 1e-9);
  EXPECT_NEAR(std::log(ratio.low), 0.010, 1e-9);
  EXPECT_NEAR(std::log(ratio.high), 0.786, 1e-9);
}

// Walsh averages are found by halving; here all are written out and sorted.
TEST(PairedRatio, AsByWritingAllAveragesOut) {
  RandomStream random(3);
  for (const std::size_t n : {6, 7, 20, 41}) {
    std::vector<double> logs, averages;
    for (std::size_t i = 0; i < n; ++i)
      logs.push_back(i % 5 == 4 ? logs.back() : 0.1 * normal(random));  // some are equal
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i; j < n; ++j) averages.push_back((logs[i] + logs[j]) / 2);
    std::sort(averages.begin(), averages.end());
    const Estimate ratio =
        PairedRatio(exponentials(logs), series(std::vector<double>(n, 1.0))).estimate(1.0 / 64);
    const std::size_t outside = n == 6 ? 0 : n == 7 ? 1 : n == 20 ? 47 : 264;  // P(W <= them) <= 1/64
    EXPECT_NEAR(std::log(ratio.low), averages[outside], 1e-9) << n;
    EXPECT_NEAR(std::log(ratio.high), averages[averages.size() - 1 - outside], 1e-9) << n;
    EXPECT_NEAR(std::log(ratio.value),
                (averages[(averages.size() - 1) / 2] + averages[averages.size() / 2]) / 2, 1e-9);
  }
}

// Distances too: Rousseeuw and Croux take the one at place h (h - 1) / 2 of h = n / 2 + 1, counted from 1.
TEST(PairedRatio, AsByWritingAllDistancesOut) {
  RandomStream random(4);
  for (const std::size_t n : {12, 13, 60, 301}) {
    std::vector<double> logs, distances;
    for (std::size_t i = 0; i < n; ++i) logs.push_back(i % 5 == 4 ? logs.back() : 0.1 * normal(random));
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i + 1; j < n; ++j) distances.push_back(std::abs(logs[i] - logs[j]));
    std::sort(distances.begin(), distances.end());
    const std::size_t h = n / 2 + 1;
    const auto size = static_cast<double>(n);
    const double factor = n % 2 == 1 ? size / (size + 1.4) : size / (size + 3.8);
    EXPECT_NEAR(PairedRatio(exponentials(logs), series(std::vector<double>(n, 1.0))).spread(),
                2.2219 * factor * distances[h * (h - 1) / 2 - 1], 1e-9)
        << n;
  }
}

TEST(PairedRatio, OfEqualValuesNothingIsSpread) {
  const PairedRatio ratio(series(std::vector<double>(300, 7.0)), series(std::vector<double>(300, 7.0)));
  EXPECT_EQ(ratio.spread(), 0);
  EXPECT_EQ(ratio.estimate(0.01).low, 1);
  EXPECT_EQ(ratio.estimate(0.01).high, 1);
}

// Student's table: 5.893 for five degrees of freedom and 0.1 % on one side.
TEST(PairedRatio, FewRoundsHaveStudentsBounds) {
  const Estimate ratio =
      PairedRatio(exponentials({0.1, 0.2, 0.3, 0.4, 0.5, 0.6}), exponentials({0, 0, 0, 0, 0, 0}))
          .estimate(0.001);
  const double error = std::sqrt(0.035 / 6);
  EXPECT_NEAR(std::log(ratio.value), 0.35, 1e-9);
  EXPECT_NEAR(std::log(ratio.low), 0.35 - 5.893 * error, 1e-4);
  EXPECT_NEAR(std::log(ratio.high), 0.35 + 5.893 * error, 1e-4);
}

TEST(PairedRatio, SpreadIsTheStandardDeviationOfNormalNoise) {
  RandomStream random(4);
  for (const std::size_t n : {6, 7, 12, 30}) {
    double mean = 0;
    constexpr int tries = 2000;
    for (int i = 0; i < tries; ++i) {
      std::vector<double> logs;
      for (std::size_t k = 0; k < n; ++k) logs.push_back(0.3 + 0.02 * normal(random));
      mean += PairedRatio(exponentials(logs), series(std::vector<double>(n, 1.0))).spread() / tries;
    }
    EXPECT_NEAR(mean, 0.02, 0.001) << n;
  }
}

TEST(PairedRatio, SpreadIsLittleMovedByRoundsThatWereDisturbed) {
  const auto spread = [](std::vector<double> logs) {
    return PairedRatio(exponentials(logs), series(std::vector<double>(logs.size(), 1.0))).spread();
  };
  EXPECT_LT(spread({0.00, 0.01, -0.01, 0.02, 3, 5}), 0.05);
  EXPECT_TRUE(std::isinf(spread({0.1})));
}

// What slows the machine for a while slows both, and leaves their ratio alone.
TEST(PairedRatio, DriftCancels) {
  const Series drifting = series({10, 11, 13, 17, 20, 24, 30, 33});
  Series doubled = drifting;
  for (double& value : doubled.values) value *= 2;
  const Estimate ratio = *ratio_estimate(doubled, drifting);
  EXPECT_DOUBLE_EQ(ratio.low, 2);
  EXPECT_DOUBLE_EQ(ratio.high, 2);
}

TEST(PairedRatio, OnlyCommonRoundsCount) {
  Series one = series({1, 2, 3, 4, 5, 6, 7}), other = series({1, 1, 1, 1, 1, 1, 1});
  one.rounds = {0, 1, 2, 3, 4, 5, 9};
  EXPECT_EQ(PairedRatio(one, other).rounds(), 6U);
  EXPECT_TRUE(ratio_estimate(one, other));
  other.rounds = {0, 1, 2, 3, 4, 7, 8};
  EXPECT_EQ(PairedRatio(one, other).rounds(), 5U);
  EXPECT_FALSE(ratio_estimate(one, other));
}

TEST(PairedRatio, WithoutRoundsNothingIsSure) {
  const Estimate none = PairedRatio(series({}), series({1, 2})).estimate(0.05);
  EXPECT_EQ(none.low, 0);
  EXPECT_TRUE(std::isinf(none.high));
  EXPECT_TRUE(std::isnan(none.value));
}

TEST(PairedRatio, APriceMayBeNothing) {
  const Estimate ratio = *ratio_estimate(series({0, 0, 0, 0, 0, 0}), series({0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(ratio.value, 1);
  EXPECT_GT(ratio_estimate(series({5, 5, 5, 5, 5, 5}), series({0, 0, 0, 0, 0, 0}))->low, 1e6);
}

}  // namespace
}  // namespace runoff
