#include "support/scale.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

TEST(Scale, ThreeDigitsInTheUnitThatFits) {
  const auto time = [](double ns) { return Scale::of_time(ns).text(ns); };
  EXPECT_EQ(time(0), "0 ns");
  EXPECT_EQ(time(7), "7 ns");
  EXPECT_EQ(time(1234), "1.23 µs");
  EXPECT_EQ(time(38.2e6), "38.2 ms");
  EXPECT_EQ(time(382e6), "382 ms");
  EXPECT_EQ(time(2e9), "2.00 s");
  EXPECT_EQ(time(3600e9), "3600 s");
}

TEST(Scale, NanosecondsThatWereDividedHaveDecimals) {
  const auto time = [](double ns) { return Scale::of_short_time(ns).text(ns); };
  EXPECT_EQ(time(0), "0.00 ns");
  EXPECT_EQ(time(0.0123), "0.0123 ns");
  EXPECT_EQ(time(0.5), "0.500 ns");
  EXPECT_EQ(time(7), "7.00 ns");
  EXPECT_EQ(time(999), "999 ns");
  EXPECT_EQ(time(1000), "1.00 µs");
  EXPECT_EQ(time(1e12), "1000 s");
}

TEST(Scale, BytesAreBinary) {
  const auto bytes = [](double count) { return Scale::of_bytes(count).text(count); };
  EXPECT_EQ(bytes(0), "0 B");
  EXPECT_EQ(bytes(1023), "1023 B");
  EXPECT_EQ(bytes(1024), "1.00 KiB");
  EXPECT_EQ(bytes(1.5 * (1 << 20)), "1.50 MiB");
  EXPECT_EQ(bytes(64.0 * (1 << 30)), "64.0 GiB");
  EXPECT_EQ(bytes(0x1p41), "2.00 TiB");
}

TEST(Scale, NumbersBesideEachOtherShareTheUnitAndHaveThreeDigitsEach) {
  const Scale scale = Scale::of_time(9.85e6);
  EXPECT_EQ(scale.text(9.85e6), "9.85 ms");
  EXPECT_EQ(scale.text(1234e6), "1234 ms");
  EXPECT_EQ(scale.number(9.996e6), "10.0");
  EXPECT_EQ(scale.number(9.994e6), "9.99");
  EXPECT_EQ(scale.number(0.1e6), "0.100");
}

}  // namespace
}  // namespace runoff
