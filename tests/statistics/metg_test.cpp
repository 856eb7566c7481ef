#include "statistics/metg.h"

#include <gtest/gtest.h>

#include <cmath>

#include "series.h"

namespace runoff {
namespace {

constexpr double tasks_each = 8000;
constexpr unsigned workers = 2;

/// Tasks that take `overhead` ns beside `ns` of work, on workers that are always busy.
GrainSeries size_of(double ns, double overhead, std::vector<double> noise = {1}) {
  std::vector<double> walls;
  for (const double factor : noise) walls.push_back((overhead + ns) * factor * tasks_each / workers);
  return {tasks_each, ns * tasks_each, series(walls)};
}

std::vector<GrainSeries> sizes_of(double overhead) {
  std::vector<GrainSeries> sizes;
  for (double ns = 10; ns < 1e7; ns *= 4) sizes.push_back(size_of(ns, overhead));
  return sizes;
}

// With a constant overhead, half of the time is work where tasks take twice the overhead.
TEST(Metg, IsTwiceAConstantOverhead) {
  const double peak = workers * 1e9;  // a unit of work is a nanosecond of one worker
  for (const double overhead : {40.0, 123.0, 5000.0}) {
    const auto found = metg(sizes_of(overhead), workers, peak, 1);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->ns.value, 2 * overhead, 1e-6 * overhead);
    EXPECT_EQ(found->peak, peak);
  }
}

// 10.5 ms of work a task and 123 ns of overhead fall short of the true peak by 0.0117 per mille.
TEST(Metg, TakesThePeakFromTheLongestTasksWhereNoneIsGiven) {
  const auto found = metg(sizes_of(123), workers, 0, 1);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->peak, workers * 1e9, workers * 1e9 * 1e-4);
  EXPECT_NEAR(found->ns.value, 246, 0.1);
}

TEST(Metg, HasTheWholeCurveTheLongestTasksFirst) {
  const std::vector<GrainSeries> sizes{size_of(100, 100), size_of(300, 100), size_of(9900, 100)};
  const auto curve = efficiency_curve(sizes, workers, workers * 1e9);
  ASSERT_EQ(curve.size(), 3u);
  EXPECT_DOUBLE_EQ(curve[0].granularity_ns, 10'000);
  EXPECT_DOUBLE_EQ(curve[0].share, 0.99);
  EXPECT_DOUBLE_EQ(curve[1].granularity_ns, 400);
  EXPECT_DOUBLE_EQ(curve[1].share, 0.75);
  EXPECT_DOUBLE_EQ(curve[2].granularity_ns, 200);
  EXPECT_DOUBLE_EQ(curve[2].share, 0.5);
}

// Where the overhead is most of the time and scatters, a longer task may take less time than a shorter one.
TEST(Metg, CurvesAreOrderedByTheWorkOfATaskNotByItsTime) {
  const std::vector<GrainSeries> sizes{size_of(100, 5000), size_of(1000, 3000)};
  const auto curve = efficiency_curve(sizes, workers, workers * 1e9);
  EXPECT_EQ(curve[0].work, 1000);
  EXPECT_DOUBLE_EQ(curve[0].share, 0.25);
  EXPECT_EQ(curve[1].granularity_ns, 5100);
}

// Shares of 0.8 and 0.2 at 1000 and 250 ns: half way between 1/1000 and 1/250 lies 1/400.
TEST(Metg, InterpolatesOverTheInverseOfTheGranularity) {
  const std::vector<Efficiency> curve{{4000, 1.0}, {1000, 0.8}, {250, 0.2}, {100, 0.1}};
  EXPECT_NEAR(granularity_at(curve, 0.5).value(), 400, 1e-9);
  EXPECT_NEAR(granularity_at(curve, 0.2).value(), 250, 1e-9) << "at a measured point";
}

TEST(Metg, TakesTheLongestTasksThatFallShortWhereACurveWavers) {
  const std::vector<Efficiency> curve{{8000, 0.9}, {4000, 0.4}, {2000, 0.6}, {1000, 0.1}};
  const double found = granularity_at(curve, 0.5).value();
  EXPECT_GT(found, 4000);
  EXPECT_LT(found, 8000);
}

TEST(Metg, IsNothingWhereTheCurveDoesNotCross) {
  EXPECT_FALSE(granularity_at({}, 0.5));
  const std::vector<Efficiency> low{{8000, 0.4}, {4000, 0.3}}, high{{8000, 0.9}, {4000, 0.8}};
  EXPECT_FALSE(granularity_at(low, 0.5)) << "the longest tasks are too short";
  EXPECT_FALSE(granularity_at(high, 0.5)) << "the shortest tasks are too long";
  EXPECT_FALSE(metg({}, workers, 0, 1));
}

TEST(Metg, HasNoIntervalBelowSixSamples) {
  std::vector<GrainSeries> sizes;
  for (double ns = 10; ns < 1e6; ns *= 4) sizes.push_back(size_of(ns, 100, {1, 1.01, 0.99, 1, 1}));
  const auto found = metg(sizes, workers, 0, 1);
  ASSERT_TRUE(found);
  EXPECT_TRUE(std::isnan(found->ns.low));
  EXPECT_TRUE(std::isnan(found->ns.high));
}

TEST(Metg, IntervalsHoldTheTruthAboutAsOftenAsTheySay) {
  const double overhead = 150, peak = workers * 1e9;
  int held = 0;
  constexpr int times = 100;
  for (int time = 0; time < times; ++time) {
    RandomStream random(static_cast<std::uint64_t>(time));
    std::vector<GrainSeries> sizes;
    for (double ns = 10; ns < 1e5; ns *= 3) {
      std::vector<double> noise;
      for (int i = 0; i < 10; ++i) noise.push_back(std::exp(0.03 * normal(random)));
      sizes.push_back(size_of(ns, overhead, noise));
    }
    const auto found = metg(sizes, workers, peak, static_cast<std::uint64_t>(time) + 1000);
    ASSERT_TRUE(found);
    EXPECT_LE(found->ns.low, found->ns.value);
    EXPECT_GE(found->ns.high, found->ns.value);
    held += found->ns.low <= 2 * overhead && 2 * overhead <= found->ns.high;
  }
  EXPECT_GE(held, 88) << "of 100";
}

// With 100 ns beside its work, a task of n ns gets n / (n + 100) of the peak done.
TEST(SweepEnd, EstimatesTheShareOfThePeakThatWasReached) {
  for (const double last : {10.0, 100.0, 900.0, 4000.0}) {
    const std::vector<GrainSeries> sizes{size_of(last / 8, 100), size_of(last / 3, 100), size_of(last, 100),
                                         size_of(last * 0.9, 100)};
    const SweepEnd end = sweep_end(sizes);
    EXPECT_DOUBLE_EQ(end.last, last);
    EXPECT_DOUBLE_EQ(end.before, last / 3);
    EXPECT_NEAR(end.share_of_peak(), last / (last + 100), 1e-9) << last;
    EXPECT_EQ(end.peak_reached(), last >= 900) << last;
  }
}

TEST(SweepEnd, IsThatOfTheBest) {
  // One costs 10 ns a task, the other 100 µs: it is far from the peak that the first has reached.
  std::vector<GrainSeries> sizes{size_of(1000, 1e5), size_of(10'000, 1e5)};
  EXPECT_FALSE(sweep_end(sizes).peak_reached());
  for (const double ns : {1000.0, 10'000.0}) sizes.push_back(size_of(ns, 10));
  EXPECT_TRUE(sweep_end(sizes).peak_reached());
}

TEST(SweepEnd, OfTasksThatDoNothingHasNoPeakHoweverTheyScatter) {
  RandomStream random(1);
  for (int time = 0; time < 200; ++time) {
    std::vector<GrainSeries> sizes;
    for (const double grain : {1.0, 4.0, 16.0, 64.0}) {
      GrainSeries size = size_of(0, 100, {skewed(random, 0.2), skewed(random, 0.2), skewed(random, 0.2)});
      size.work = grain * tasks_each;
      sizes.push_back(size);
    }
    EXPECT_FALSE(sweep_end(sizes).peak_reached());
  }
}

TEST(SweepEnd, IsReachedWhereTheRateFallsAgain) {
  const std::vector<GrainSeries> sizes{size_of(1000, 5), size_of(4000, 1000)};
  EXPECT_DOUBLE_EQ(sweep_end(sizes).share_of_peak(), 1);
}

TEST(SweepEnd, OfSizesThatAreNearlyTheSameSaysNothing) {
  const std::vector<GrainSeries> sizes{size_of(1e6, 1), size_of(1.5e6, 1)};
  EXPECT_EQ(sweep_end(sizes).before, 0);
  EXPECT_FALSE(sweep_end(sizes).peak_reached());
  EXPECT_FALSE(sweep_end({}).peak_reached());
}

TEST(Metg, IsTheSameForTheSameSeed) {
  std::vector<GrainSeries> sizes;
  for (double ns = 10; ns < 1e6; ns *= 4)
    sizes.push_back(size_of(ns, 100, {1, 1.1, 0.9, 1.02, 0.97, 1.3, 1}));
  const auto one = metg(sizes, workers, 0, 5), other = metg(sizes, workers, 0, 5);
  EXPECT_EQ(one->ns.low, other->ns.low);
  EXPECT_EQ(one->ns.high, other->ns.high);
  EXPECT_LT(one->ns.low, one->ns.high);
}

}  // namespace
}  // namespace runoff
