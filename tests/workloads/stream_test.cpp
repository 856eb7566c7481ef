#include <gtest/gtest.h>

#include <limits>
#include <utility>

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

struct Kernel {
  const char* name;
  std::size_t arrays;  // that BabelStream counts
  double (*of)(double x, double y);
};

class StreamKernels : public ::testing::TestWithParam<Kernel> {
 protected:
  StreamKernels() { driven_.run_shuffled(); }
  bool reads_y() const { return std::string("copy mul").find(GetParam().name) == std::string::npos; }
  const double* x() { return reinterpret_cast<const double*>(driven_.inputs()); }
  // The next array begins at a cache line.
  const double* y() { return reads_y() ? x() + (n + 7) / 8 * 8 : x(); }
  Driven driven_{"stream",
                 {{"kernel", GetParam().name}, {"n", std::to_string(n)}, {"grain", std::to_string(grain)}}};
};

TEST_P(StreamKernels, CountBytesAsBabelStreamDoes) {
  EXPECT_EQ(driven_.workload().bytes(), GetParam().arrays * 8 * n);
}

TEST_P(StreamKernels, AreWhatBabelStreamDefines) {
  const runoff::Results results = driven_.results();
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double right = GetParam().of(x()[i], y()[i]);
    sum += right;
    if (results.size() > sizeof(double)) {
      ASSERT_EQ((&results.at<double>(i / grain))[i % grain], right) << i;
    }
  }
  if (results.size() == sizeof(double)) {
    ASSERT_EQ(results.at<double>(results.count() - 1), sum);
  }
}

INSTANTIATE_TEST_SUITE_P(, StreamKernels,
                         ::testing::Values(Kernel{"copy", 2, [](double x, double) { return x; }},
                                           Kernel{"mul", 2, [](double x, double) { return 3 * x; }},
                                           Kernel{"add", 3, [](double x, double y) { return x + y; }},
                                           Kernel{"triad", 3, [](double x, double y) { return x + 3 * y; }},
                                           Kernel{"dot", 2, [](double x, double y) { return x * y; }}),
                         [](const auto& test) { return std::string(test.param.name); });

// The sum of all is a part of the execution: tasks that are right are not enough.
TEST(StreamSums, ASumThatNobodyAddedUpIsWrong) {
  for (const char* workload : {"stream", "reduce"}) {
    runoff::testing::Given given{{"n", "10001"}, {"grain", "1024"}};
    if (std::string(workload) == "stream") given["kernel"] = "dot";
    Driven driven(workload, given);
    driven.run_shuffled();
    EXPECT_TRUE(driven.check().right);
    double& all = driven.results().at<double>(driven.workload().tasks());
    for (const double wrong : {std::nextafter(all, 1e9), 0.0, -all}) {
      const double right = std::exchange(all, wrong);
      EXPECT_NE(driven.check().why.find("the sum of all tasks"), std::string::npos) << workload;
      all = right;
    }
  }
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
