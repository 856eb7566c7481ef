#include "report/units.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

TEST(Units, Ratios) {
  EXPECT_EQ(ratio_text(0.0415), "0.0415");
  EXPECT_EQ(ratio_text(1 / 650.0), "0.00154");
  EXPECT_EQ(ratio_text(0.83), "0.830");
  EXPECT_EQ(ratio_text(9.996), "10.0");
  EXPECT_EQ(ratio_text(1.948), "1.95");
  EXPECT_EQ(ratio_text(12.34), "12.3");
  EXPECT_EQ(ratio_text(104.2), "104");
}

TEST(Units, LongerInPercentAndFromTwiceInTimes) {
  EXPECT_EQ(longer_text({1.12, 1.089, 1.143}), "12 % longer (95 % sure: 8.9 to 14 %)");
  EXPECT_EQ(longer_text({2.31, 1.9, 2.5}), "2.31 × as long (95 % sure: 1.90 to 2.50 ×)");
}

TEST(Units, Workers) {
  EXPECT_EQ(workers_text(1), "1 worker");
  EXPECT_EQ(workers_text(26), "26 workers");
}

}  // namespace
}  // namespace runoff
