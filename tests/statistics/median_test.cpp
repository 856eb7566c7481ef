#include "statistics/median.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace runoff {
namespace {

double of(std::vector<double> values) { return median(values); }

TEST(Median, MiddleOrMeanOfTheMiddleTwo) {
  EXPECT_EQ(of({7}), 7);
  EXPECT_EQ(of({3, 1}), 2);
  EXPECT_EQ(of({9, 1, 5}), 5);
  EXPECT_EQ(of({40, 10, 30, 20}), 25);
  EXPECT_EQ(of({5, 5, 1, 5, 9, 5}), 5);
}

// Newcomb's 66 timings of light (Stigler 1977, table 5): the median is 27, whatever the two far outliers.
TEST(Median, NewcombsSpeedOfLight) {
  EXPECT_EQ(of({28, 26, 33, 24, 34, -44, 27, 16, 40, -2, 29, 22, 24, 21, 25, 30, 23, 29, 31, 19, 24, 20,
                36, 32, 36, 28, 25, 21,  28, 29, 37, 25, 28, 26, 30, 32, 36, 26, 30, 22, 36, 23, 27, 27,
                28, 27, 31, 27, 26, 33,  26, 32, 32, 24, 39, 28, 24, 25, 32, 25, 29, 27, 28, 29, 16, 23}),
            27);
}

TEST(Median, OfNothingIsNoNumber) { EXPECT_TRUE(std::isnan(of({}))); }

}  // namespace
}  // namespace runoff
