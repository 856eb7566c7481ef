#include "statistics/rounds_until.h"

#include <gtest/gtest.h>

#include <cmath>

namespace runoff {
namespace {

// By a table of Student's distribution, at 0.025: 2.131 / sqrt(16) = 0.5328, 2.120 / sqrt(17) = 0.5142.
TEST(RoundsUntil, ABoundComesNearerAsStudentsDoes) {
  EXPECT_EQ(rounds_until(0.52, 1, 6, 0.025), 17);
  EXPECT_EQ(rounds_until(0.0052, 0.01, 6, 0.025), 17);
}

TEST(RoundsUntil, IsMoreThanThereAre) {
  EXPECT_EQ(rounds_until(10, 1, 6, 0.025), 7);
  EXPECT_EQ(rounds_until(1, 0, 20, 0.025), 21);
}

TEST(RoundsUntil, NeverWhereNothingIsWantedOrABillionWouldNotDo) {
  EXPECT_TRUE(std::isinf(rounds_until(0, 1, 6, 0.025)));
  EXPECT_TRUE(std::isinf(rounds_until(-0.1, 1, 6, 0.025)));
  EXPECT_TRUE(std::isinf(rounds_until(1e-6, 1, 6, 0.025)));
  EXPECT_TRUE(std::isinf(rounds_until(0.5, INFINITY, 6, 0.025)));
}

}  // namespace
}  // namespace runoff
