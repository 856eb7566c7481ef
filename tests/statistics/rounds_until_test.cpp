#include "statistics/rounds_until.h"

#include <gtest/gtest.h>

#include <cmath>

namespace runoff {
namespace {

// By a table of Student's distribution, at 0.025: 2.571 / sqrt(6) = 1.0496 after 6 rounds; half of it is
// 0.5248, and 2.131 / sqrt(16) = 0.5328, 2.120 / sqrt(17) = 0.5142.
TEST(RoundsUntil, ABoundComesNearerAsStudentsDoes) { EXPECT_EQ(rounds_until(0.5, 1, 6, 0.025), 17); }

TEST(RoundsUntil, NeverWhereNothingIsWantedOrABillionWouldNotDo) {
  EXPECT_TRUE(std::isinf(rounds_until(0, 1, 6, 0.025)));
  EXPECT_TRUE(std::isinf(rounds_until(-0.1, 1, 6, 0.025)));
  EXPECT_TRUE(std::isinf(rounds_until(1e-6, 1, 6, 0.025)));
  EXPECT_TRUE(std::isinf(rounds_until(0.5, INFINITY, 6, 0.025)));
}

}  // namespace
}  // namespace runoff
