#include "statistics/changes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "series.h"
#include "statistics/unpaired_ratio.h"

namespace runoff {
namespace {

Series exponentials_of(std::vector<double> values) {
  for (double& value : values) value = std::exp(value);
  return series(values);
}

// Hollander and Wolfe, examples 4.1, 4.3 and 4.4: tritiated water through membranes. Their estimate is
// -0.305, their 96.8 % interval -0.76 to 0.15, of 10 and 5 values.
TEST(UnpairedRatio, PublishedExample) {
  const Series term = exponentials_of({0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46});
  const Series early = exponentials_of({1.15, 0.88, 0.90, 0.74, 1.21});
  const Estimate ratio = unpaired_ratio(early, term, 0.0201);
  EXPECT_NEAR(std::log(ratio.value), -0.305, 1e-9);
  EXPECT_NEAR(std::log(ratio.low), -0.76, 1e-9);
  EXPECT_NEAR(std::log(ratio.high), 0.15, 1e-9);
}

// Printed tables: U at 2.5 % on one side is 5 for 6 and 6 values, 23 for 10 and 10.
TEST(UnpairedRatio, AsInPrintedTables) {
  for (const auto& [n, critical] : std::vector<std::pair<int, std::size_t>>{{6, 5}, {10, 23}}) {
    std::vector<double> first, second, differences;
    for (int i = 0; i < n; ++i) {
      first.push_back(std::sqrt(i + 1.0));
      second.push_back(0.37 * i);
    }
    for (const double a : first)
      for (const double b : second) differences.push_back(a - b);
    std::sort(differences.begin(), differences.end());
    const Estimate ratio = unpaired_ratio(exponentials_of(first), exponentials_of(second), 0.025);
    EXPECT_NEAR(std::log(ratio.low), differences[critical], 1e-9);
  }
}

TEST(UnpairedRatio, TooFewValuesHaveWelchsBounds) {
  const Estimate ratio = unpaired_ratio(exponentials_of({1, 2, 3}), exponentials_of({0, 0.5, 1}), 0.001);
  EXPECT_NEAR(std::log(ratio.value), 1.5, 1e-9);
  EXPECT_LT(std::log(ratio.low), -2);
  EXPECT_GT(std::log(ratio.high), 5);
}

std::string change(const std::vector<std::int64_t>& before, const std::vector<std::int64_t>& after,
                   Pairing rounds = Pairing::apart, double threshold = 0.03) {
  const auto old_cells = gather_cells(samples("tbb", 2, before)),
             new_cells = gather_cells(samples("tbb", 2, after));
  const auto found = changes(old_cells, new_cells, rounds, threshold);
  return found.empty() ? "none" : to_word(found.front().change);
}

TEST(Changes, SlowerFasterSameOrNotSure) {
  const std::vector<std::int64_t> base{1000, 1010, 990, 1005, 995, 1000};
  EXPECT_EQ(change(base, {1100, 1110, 1090, 1105, 1095, 1100}), "slower");
  EXPECT_EQ(change(base, {900, 910, 890, 905, 895, 900}), "faster");
  EXPECT_EQ(change(base, {1001, 1009, 991, 1004, 996, 1000}), "same");
  EXPECT_EQ(change(base, {1030, 1040, 1020, 1035, 1025, 1030}), "inconclusive");  // just at the threshold
  EXPECT_EQ(change(base, {1100, 1110, 1090}), "too-few");
}

// Interleaved rounds show what drift hides from two runs.
TEST(Changes, RoundsThatWereInterleavedArePaired) {
  const std::vector<std::int64_t> drifting{1000, 1200, 900, 1500, 1100, 1300};
  std::vector<std::int64_t> slower;
  for (const std::int64_t wall : drifting) slower.push_back(wall * 105 / 100);
  EXPECT_EQ(change(drifting, slower, Pairing::apart), "inconclusive");
  EXPECT_EQ(change(drifting, slower, Pairing::together), "slower");
}

TEST(Changes, OnlyCellsOfBothRunsAreCompared) {
  const auto before =
      gather_cells(samples("tbb", 2, {1, 1, 1, 1, 1, 1}) + samples("tbb", 4, {1, 1, 1, 1, 1, 1}));
  auto bad = samples("tbb", 2, {1, 1, 1, 1, 1, 1});
  bad.front().status = Status::wrong;
  const auto after = gather_cells(bad + samples("fork", 2, {1, 1, 1, 1, 1, 1}));
  const auto found = changes(before, after, Pairing::apart, 0.03);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].change, Change::kept_out);
}

}  // namespace
}  // namespace runoff
