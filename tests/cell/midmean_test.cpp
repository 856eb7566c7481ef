#include "cell/midmean.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <random>
#include <vector>

namespace runoff::cell {
namespace {

using std::chrono::nanoseconds;

// The quarters of 12 numbers, and of 9, as Wikipedia's page on the interquartile mean reckons them.
TEST(Midmean, PublishedExamples) {
  EXPECT_NEAR(midmean({5, 8, 4, 38, 8, 6, 9, 7, 7, 3, 1, 6}), 6.5, 1e-12);
  EXPECT_NEAR(midmean({1, 3, 5, 7, 9, 11, 13, 15, 17}), 9, 1e-12);
}

TEST(Midmean, OfFewValues) {
  EXPECT_DOUBLE_EQ(midmean({7}), 7);
  EXPECT_DOUBLE_EQ(midmean({1, 3}), 2);
  EXPECT_DOUBLE_EQ(midmean({1, 2, 30, 3}), 2.5);
}

// Under a quarter of the executions may be held up for as long as they like.
TEST(Midmean, BurstsDoNotMoveIt) {
  std::mt19937 random(5);
  std::normal_distribution<double> noise(1000, 10);
  for (const std::int64_t count : {5, 40, 5000, 100'000}) {
    Midmean quiet(count), disturbed(count);
    for (std::int64_t i = 0; i < count; ++i) {
      const auto time = static_cast<std::int64_t>(noise(random));
      quiet.add(nanoseconds(time));
      // One stretch, as another program makes it, which a mean would show as 20 times as long.
      disturbed.add(nanoseconds(i < count / 5 ? 100 * time : time));
    }
    EXPECT_NEAR(disturbed.value() / quiet.value(), 1, 0.02) << count;
  }
}

// Of many executions some are added up before they are kept: their mean stays what it is.
TEST(Midmean, ManyExecutionsCountTogether) {
  for (const std::int64_t count : {4096, 4097, 12'289, 1'000'003}) {
    Midmean even(count);
    for (std::int64_t i = 0; i < count; ++i) even.add(nanoseconds(i % 2 == 0 ? 10 : 30));
    EXPECT_NEAR(even.value(), 20, count > 4096 ? 4 : 0.01) << count;
    Midmean constant(count);
    for (std::int64_t i = 0; i < count; ++i) constant.add(nanoseconds(17));
    EXPECT_DOUBLE_EQ(constant.value(), 17) << count;
  }
}

TEST(Midmean, OfMoreExecutionsThanWereAnnounced) {
  Midmean times(1);
  for (int i = 0; i < 8; ++i) times.add(nanoseconds(5));
  EXPECT_DOUBLE_EQ(times.value(), 5);
}

}  // namespace
}  // namespace runoff::cell
