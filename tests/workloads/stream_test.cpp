#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "driven.h"

namespace {

using runoff::testing::Driven;

constexpr std::size_t n = 10'001;
constexpr std::size_t grain = 1'024;

class Stream : public ::testing::Test {
 protected:
  Stream() { driven_.run_shuffled(); }
  double& a(std::size_t i) { return (&driven_.results().at<double>(i / grain))[i % grain]; }
  const double* b() { return reinterpret_cast<const double*>(driven_.inputs()); }
  Driven driven_{"stream", {{"n", std::to_string(n)}, {"grain", std::to_string(grain)}}};
};

TEST_F(Stream, SlotsAreOneArray) {
  EXPECT_EQ(driven_.results().stride(), grain * sizeof(double));
  EXPECT_EQ(&a(grain), &a(0) + grain);
}

TEST_F(Stream, CountsBytesAsBabelStreamDoes) { EXPECT_EQ(driven_.workload().bytes(), 24 * n); }

TEST_F(Stream, IsBPlusThreeC) {
  const double* c = b() + (n + 7) / 8 * 8;  // the next array begins at a cache line
  for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(a(i), b()[i] + 3 * c[i]) << i;
}

TEST_F(Stream, InputsAreNotUniform) {
  double least = b()[0], most = b()[0], sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    least = std::min(least, b()[i]);
    most = std::max(most, b()[i]);
    sum += b()[i];
  }
  EXPECT_LT(least, -0.49);
  EXPECT_GT(most, 0.49);
  EXPECT_NEAR(sum / n, 0, 0.02);
}

TEST_F(Stream, NoticesTheLeastDifferenceAnywhere) {
  for (const std::size_t i : {std::size_t{0}, grain - 1, grain, std::size_t{5'000}, n - 1})
    for (const double wrong : {std::nextafter(a(i), 10.0), std::numeric_limits<double>::quiet_NaN(), -a(i)}) {
      const double right = a(i);
      a(i) = wrong;
      const runoff::Check check = driven_.check();
      EXPECT_FALSE(check.right);
      EXPECT_NE(check.why.find("a[" + std::to_string(i) + "]"), std::string::npos) << check.why;
      a(i) = right;
    }
  EXPECT_TRUE(driven_.check().right);
}

TEST_F(Stream, WhatLiesBehindTheArrayIsNobodysBusiness) {
  a(n) = 7;
  EXPECT_TRUE(driven_.check().right);
}

TEST(StreamParameters, AGrainThatIsNoWholeCacheLineIsRefused) {
  for (const char* odd : {"9", "100", "1023"}) try {
      Driven driven("stream", {{"n", "1000"}, {"grain", odd}});
      ADD_FAILURE() << odd;
    } catch (const runoff::InvalidParameter& error) {
      EXPECT_NE(std::string(error.what()).find("multiple of 8"), std::string::npos) << error.what();
    }
}

TEST(StreamParameters, NoSlotIsLargerThanTheArray) {
  Driven driven("stream", {{"n", "100"}, {"grain", "8589934592"}});
  EXPECT_EQ(driven.results().size(), 104 * sizeof(double));
}

}  // namespace
