#include "statistics/grain_curves.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "series.h"

namespace runoff {
namespace {

constexpr std::int64_t tasks = 1000;

/// A backend whose tasks cost `overhead` ns beside `grain` ns of work, on workers that are always busy.
std::vector<Sample> at(const std::string& backend, std::int64_t workers, std::int64_t grain,
                       std::int64_t overhead, const std::string& others = "width=8") {
  auto made = samples(backend, workers, std::vector<std::int64_t>(6, (grain + overhead) * tasks / workers));
  for (Sample& sample : made) {
    sample.workload = "graph";
    sample.parameters = "grain=" + std::to_string(grain) + ";" + others;
    sample.tasks = tasks;
  }
  return made;
}

std::vector<Sample> swept(const std::string& backend, std::int64_t workers, std::int64_t overhead,
                          const std::string& others = "width=8") {
  std::vector<Sample> all;
  for (std::int64_t grain = 10; grain < 1'000'000'000; grain *= 10)
    all = all + at(backend, workers, grain, overhead, others);
  return all;
}

std::vector<GrainCurve> curves_of(const std::vector<Sample>& all) {
  return grain_curves(gather_cells(all), {{"graph", "grain"}, {"primes", "n"}}, Rules());
}

TEST(GrainCurves, ThePeakIsTheBestOfAllAndTheShortestMetgComesFirst) {
  const auto curves = curves_of(swept("tbb", 2, 4000) + swept("fork", 2, 100));
  ASSERT_EQ(curves.size(), 2u);
  EXPECT_EQ(curves[0].backend, "fork");
  EXPECT_EQ(curves[0].parameters, "width=8");
  EXPECT_EQ(curves[0].grain, "grain");
  EXPECT_NEAR(curves[0].metg->value, 200, 0.01);
  EXPECT_NEAR(curves[1].metg->value, 8000, 1);
  EXPECT_NEAR(*curves[0].peak, 2e9, 1e4);  // grains a second, of two workers that each do one a nanosecond
  EXPECT_EQ(curves[0].peak, curves[1].peak);
  EXPECT_EQ(curves[0].curve.size(), 8u);
  EXPECT_EQ(curves[0].curve.front().work, 1e8);
  EXPECT_TRUE(same_question(curves[0], curves[1]));
}

TEST(GrainCurves, OtherParametersAndWorkersAreQuestionsOfTheirOwn) {
  const auto curves =
      curves_of(swept("tbb", 2, 100, "width=10") + swept("tbb", 2, 100, "width=9") + swept("tbb", 1, 100));
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_EQ(curves[0].workers, 1);
  EXPECT_NEAR(*curves[0].peak, 1e9, 1e4);
  EXPECT_EQ(curves[1].parameters, "width=9");
  EXPECT_EQ(curves[2].parameters, "width=10");
  EXPECT_FALSE(same_question(curves[1], curves[2]));
}

TEST(GrainCurves, WhatDoesNotCrossHasNoMetgAndComesLast) {
  const auto high = at("tbb", 2, 1'000'000, 10) + at("tbb", 2, 10'000'000, 10);
  const auto low = at("mpi", 2, 10, 1'000'000'000) + at("mpi", 2, 10'000'000, 1'000'000'000);
  const auto curves = curves_of(high + low + swept("openmp", 2, 50));
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_EQ(curves[0].backend, "openmp");
  EXPECT_FALSE(curves[1].metg);
  EXPECT_FALSE(curves[2].metg);
}

TEST(GrainCurves, WithoutAPeakThereIsNoMetg) {
  // Work of 10 ns at most beside 100 ns: the best would be 50 % of a peak that no sample has seen.
  std::vector<Sample> all;
  for (const std::int64_t grain : {1, 2, 5, 10})
    all = all + at("fork", 2, grain, 100) + at("tbb", 2, grain, 1000);
  auto curves = curves_of(all);
  ASSERT_EQ(curves.size(), 2u);
  for (const GrainCurve& curve : curves) {
    EXPECT_FALSE(curve.peak);
    EXPECT_FALSE(curve.metg);
    EXPECT_TRUE(curve.curve.empty());
    EXPECT_EQ(curve.judgement.verdict, Verdict::kept_out);
    EXPECT_EQ(curve.end.before, 5);
    EXPECT_EQ(curve.end.last, 10);
  }
  // One backend that gets there gives all of them a peak.
  curves = curves_of(all + at("mpi", 2, 1'000, 100) + at("mpi", 2, 1'000'000, 100));
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_NEAR(*curves[0].peak, 2e9, 1e6);
  EXPECT_EQ(curves[1].peak, curves[0].peak);
}

/// Samples that scatter, each round by its own factor, which all backends share, and each sample by a little.
std::vector<Sample> scattered(const std::string& backend, std::int64_t overhead, double spread,
                              int rounds = 12) {
  std::vector<Sample> all;
  RandomStream random(std::hash<std::string>()(backend));
  for (std::int64_t grain = 10; grain < 1'000'000; grain *= 4) {
    std::vector<Sample> some = at(backend, 2, grain, overhead), made;
    RandomStream shared(7);
    for (int round = 0; round < rounds; ++round) {
      Sample sample = some.front();
      sample.sample = round;
      const double slow = std::exp(0.3 * normal(shared)) * std::exp(spread * normal(random));
      sample.wall_ns = static_cast<std::int64_t>(static_cast<double>(*sample.wall_ns) * slow);
      made.push_back(sample);
    }
    all = all + made;
  }
  return all;
}

TEST(GrainCurves, AreJudgedByTheRatioOfTheirMetgsToTheShortest) {
  const auto curves = curves_of(scattered("fork", 1000, 0.001) + scattered("tbb", 1004, 0.001) +
                                scattered("openmp", 1300, 0.01) + scattered("mpi", 1020, 0.2));
  ASSERT_EQ(curves.size(), 4u);
  EXPECT_EQ(curves[0].judgement.verdict, Verdict::inconclusive);  // mpi may be shorter
  for (const GrainCurve& curve : curves) {
    if (curve.backend == "tbb") {
      EXPECT_EQ(curve.judgement.verdict, Verdict::tied);
    } else if (curve.backend == "openmp") {
      EXPECT_EQ(curve.judgement.verdict, Verdict::slower);
      EXPECT_LT(curve.judgement.ratio->low, 1.3);
      EXPECT_GT(curve.judgement.ratio->high, 1.3);
      // The intervals of the two METGs overlap, as rounds differ by far more than backends do.
      EXPECT_LT(curve.metg->low, curves[0].metg->high);
    } else if (curve.backend == "mpi") {
      EXPECT_EQ(curve.judgement.verdict, Verdict::inconclusive);
    }
  }
}

TEST(GrainCurves, OfTooFewSamplesAreNotJudged) {
  const auto curves = curves_of(scattered("fork", 100, 0.01, 5) + scattered("tbb", 10'000, 0.01, 5));
  ASSERT_EQ(curves.size(), 2u);
  for (const GrainCurve& curve : curves) EXPECT_EQ(curve.judgement.verdict, Verdict::kept_out);
}

TEST(GrainCurves, ThatDifferByNothingAreSeldomToldApart) {
  int told_apart = 0;
  for (int time = 0; time < 24; ++time) {
    std::vector<Sample> all;
    for (const char* name : {"a", "b", "c", "d", "e"})
      all = all + scattered(name + std::to_string(time), 1000, 0.1, 8);
    for (const GrainCurve& curve : curves_of(all)) told_apart += curve.judgement.verdict == Verdict::slower;
  }
  EXPECT_LE(told_apart, 4) << "of 24 runs; one in twenty is to have a false alarm";
}

TEST(GrainCurves, CellsThatAreKeptOutAndWorkWithoutGrainAreLeftOut) {
  auto broken = swept("tbb", 2, 100);
  for (Sample& sample : broken) sample.status = Status::wrong;
  EXPECT_TRUE(curves_of(broken + at("fork", 2, 1000, 5)).empty());
  const auto all = swept("tbb", 2, 100);
  EXPECT_TRUE(grain_curves(gather_cells(all), {}, Rules()).empty());
  EXPECT_TRUE(grain_curves(gather_cells(all), {{"graph", "width"}}, Rules()).empty());
}

}  // namespace
}  // namespace runoff
