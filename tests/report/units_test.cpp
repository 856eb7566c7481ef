#include "report/units.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

TEST(Units, ThreeDigitsInTheUnitThatFits) {
  EXPECT_EQ(time_text(7), "7 ns");
  EXPECT_EQ(time_text(1234), "1.23 µs");
  EXPECT_EQ(time_text(38.2e6), "38.2 ms");
  EXPECT_EQ(time_text(382e6), "382 ms");
  EXPECT_EQ(time_text(2e9), "2.00 s");
  EXPECT_EQ(time_text(3600e9), "3600 s");
  EXPECT_EQ(time_text(0), "0 ns");
}

TEST(Units, ATableSharesUnitAndDecimals) {
  const TimeScale scale(9.85e6);
  EXPECT_EQ(scale.text(9.85e6), "9.85 ms");
  EXPECT_EQ(scale.text(1234e6), "1234.00 ms");
  EXPECT_EQ(scale.number(0.1e6), "0.10");
}

TEST(Units, Ratios) {
  EXPECT_EQ(ratio_text(0.0415), "0.04");
  EXPECT_EQ(ratio_text(1.948), "1.95");
  EXPECT_EQ(ratio_text(12.34), "12.3");
  EXPECT_EQ(ratio_text(104.2), "104");
}

TEST(Units, LongerInPercentAndFromTwiceInTimes) {
  EXPECT_EQ(longer_text({1.12, 1.089, 1.143}), "12 % longer (95 % sure: 8.9 to 14 %)");
  EXPECT_EQ(longer_text({2.31, 1.9, 2.5}), "2.31 × as long (95 % sure: 1.90 to 2.50 ×)");
}

}  // namespace
}  // namespace runoff
