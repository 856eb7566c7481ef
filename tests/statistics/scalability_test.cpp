#include "statistics/scalability.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace runoff {
namespace {

std::vector<Throughput> from_one_on(const std::vector<double>& rates) {
  std::vector<Throughput> points;
  for (const double rate : rates) points.push_back({static_cast<double>(points.size() + 1), rate});
  return points;
}

// The measurements, and the figures, of Schwartz, "Practical Scalability Analysis with the Universal
// Scalability Law" (2015), which the library usl4j also holds itself to.
TEST(Scalability, FitsThePublishedExample) {
  const auto law =
      fit(ScalingLaw::universal,
          from_one_on({955.16,   1878.91,  2688.01,  3548.68,  4315.54,  5130.43,  5931.37, 6531.08,
                       7219.8,   7867.61,  8278.71,  8646.7,   9047.84,  9426.55,  9645.37, 9897.24,
                       10097.6,  10240.5,  10532.39, 10798.52, 11151.43, 11518.63, 11806,   12089.37,
                       12075.41, 12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39}));
  ASSERT_TRUE(law);
  constexpr double tolerance = 1e-3;  // as a share
  EXPECT_NEAR(law->rate / 995.6486, 1, tolerance);
  EXPECT_NEAR(law->contention / 0.02671591, 1, tolerance);
  EXPECT_NEAR(law->coherence / 7.690945e-4, 1, tolerance);
  EXPECT_EQ(std::floor(law->peak()), 35);
  EXPECT_NEAR(law->at(35) / 12341, 1, tolerance);
}

TEST(Scalability, FindsWhatMadeThePoints) {
  std::vector<Throughput> amdahl, universal;
  for (const double n : {1, 2, 4, 8, 16}) {
    amdahl.push_back({n, 50 / (0.07 + 0.93 / n)});  // as Amdahl wrote it: the time is 0.07 + 0.93 / n
    universal.push_back({n, 50 * n / (1 + 0.03 * (n - 1) + 0.002 * n * (n - 1))});
  }
  const auto first = fit(ScalingLaw::amdahl, amdahl);
  ASSERT_TRUE(first);
  EXPECT_NEAR(first->rate, 50, 1e-6);
  EXPECT_NEAR(first->contention, 0.07, 1e-8);
  EXPECT_TRUE(std::isinf(first->peak()));
  EXPECT_LT(misfit(*first, amdahl), 1e-8);

  const auto second = fit(ScalingLaw::universal, universal);
  ASSERT_TRUE(second);
  EXPECT_NEAR(second->contention, 0.03, 1e-8);
  EXPECT_NEAR(second->coherence, 0.002, 1e-8);
  EXPECT_NEAR(second->peak(), std::sqrt(0.97 / 0.002), 1e-4);
  EXPECT_GT(misfit(*fit(ScalingLaw::amdahl, universal), universal), 0.05);
}

// Points between which nothing is left to choose lie on any law that has as many parameters.
TEST(Scalability, IsNotFittedWherePointsDoNotDetermineIt) {
  EXPECT_FALSE(fit(ScalingLaw::amdahl, from_one_on({1, 2})));
  EXPECT_TRUE(fit(ScalingLaw::amdahl, from_one_on({1, 1.9, 2.7})));
  EXPECT_FALSE(fit(ScalingLaw::universal, from_one_on({1, 1.9, 2.7})));
  EXPECT_FALSE(
      fit(ScalingLaw::universal, std::vector<Throughput>{{1, 1}, {1, 1.1}, {2, 1.8}, {2, 1.9}, {4, 3}}));
  EXPECT_TRUE(fit(ScalingLaw::universal, from_one_on({1, 1.9, 2.7, 3.3})));
}

// What is faster than its number of workers has no contention, and what only becomes slower has nothing but
// it.
TEST(Scalability, StaysWithinWhatTheLawsMean) {
  const auto faster = fit(ScalingLaw::universal, from_one_on({1, 2.2, 3.3, 4.6}));
  ASSERT_TRUE(faster);
  EXPECT_EQ(faster->contention, 0);
  EXPECT_EQ(faster->coherence, 0);
  const auto flat = fit(ScalingLaw::amdahl, from_one_on({1, 0.8, 0.7, 0.6}));
  ASSERT_TRUE(flat);
  EXPECT_EQ(flat->contention, 1);
  EXPECT_NEAR(flat->at(3), flat->at(1), 1e-12);
}

}  // namespace
}  // namespace runoff
