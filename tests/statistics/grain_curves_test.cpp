#include "statistics/grain_curves.h"

#include <gtest/gtest.h>

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
  return grain_curves(gather_cells(all), {{"graph", "grain"}, {"primes", "n"}});
}

TEST(GrainCurves, ThePeakIsTheBestOfAllAndTheShortestMetgComesFirst) {
  const auto curves = curves_of(swept("tbb", 2, 4000) + swept("fork", 2, 100));
  ASSERT_EQ(curves.size(), 2u);
  EXPECT_EQ(curves[0].backend, "fork");
  EXPECT_EQ(curves[0].parameters, "width=8");
  EXPECT_EQ(curves[0].grain, "grain");
  EXPECT_NEAR(curves[0].metg->value, 200, 0.01);
  EXPECT_NEAR(curves[1].metg->value, 8000, 1);
  EXPECT_NEAR(curves[0].peak, 2e9, 1e4);  // grains a second, of two workers that each do one a nanosecond
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
  EXPECT_NEAR(curves[0].peak, 1e9, 1e4);
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

TEST(GrainCurves, CellsThatAreKeptOutAndWorkWithoutGrainAreLeftOut) {
  auto broken = swept("tbb", 2, 100);
  for (Sample& sample : broken) sample.status = Status::wrong;
  EXPECT_TRUE(curves_of(broken + at("fork", 2, 1000, 5)).empty());
  const auto all = swept("tbb", 2, 100);
  EXPECT_TRUE(grain_curves(gather_cells(all), {}).empty());
  EXPECT_TRUE(grain_curves(gather_cells(all), {{"graph", "width"}}).empty());
}

}  // namespace
}  // namespace runoff
