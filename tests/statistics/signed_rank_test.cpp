#include "statistics/signed_rank.h"

#include <gtest/gtest.h>

#include <map>

namespace runoff {
namespace {

// Printed tables of Wilcoxon's signed-rank test, as in Conover, "Practical Nonparametric Statistics".
TEST(SignedRank, AsInPrintedTables) {
  const std::map<std::size_t, std::size_t> two_and_a_half_percent{
      {6, 0},   {7, 2},   {8, 3},   {9, 5},   {10, 8},  {11, 10}, {12, 13}, {13, 17},
      {14, 21}, {15, 25}, {16, 29}, {17, 34}, {18, 40}, {19, 46}, {20, 52}, {25, 89}};
  for (const auto& [n, outside] : two_and_a_half_percent)
    EXPECT_EQ(walsh_averages_outside(n, 0.025), outside) << n;
  const std::map<std::size_t, std::size_t> half_a_percent{{8, 0},  {9, 1},   {10, 3},  {11, 5},  {12, 7},
                                                          {13, 9}, {14, 12}, {15, 15}, {20, 37}, {25, 68}};
  for (const auto& [n, outside] : half_a_percent) EXPECT_EQ(walsh_averages_outside(n, 0.005), outside) << n;
}

TEST(SignedRank, TooFewDifferencesResolveNoLevel) {
  EXPECT_FALSE(walsh_averages_outside(0, 0.5));
  EXPECT_FALSE(walsh_averages_outside(5, 0.025));
  EXPECT_EQ(walsh_averages_outside(5, 0.03125), 0U);  // 2^-5
}

TEST(SignedRank, ManyDifferencesGoOnWhereTheExactOnesEnd) {
  const auto exact = static_cast<double>(*walsh_averages_outside(100, 0.001));
  const auto next = static_cast<double>(*walsh_averages_outside(101, 0.001));
  EXPECT_GT(next, exact);
  EXPECT_LT(next, exact * 1.04);
}

}  // namespace
}  // namespace runoff
