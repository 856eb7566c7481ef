#include "advise/reading.h"

#include <gtest/gtest.h>

#include <cmath>

#include "../explain/stamps.h"

namespace runoff {
namespace {

TEST(Reading, SpreadIsThatOfALognormalOfThisVariation) {
  // Of a lognormal, variance / mean² = exp(σ²) - 1 (Johnson, Kotz & Balakrishnan, Continuous Univariate
  // Distributions, 14.3).
  for (const double spread : {1.0, 1.2, 2.0, 5.0}) {
    const double sigma = std::log(spread);
    EXPECT_NEAR(spread_of_variation(std::sqrt(std::exp(sigma * sigma) - 1)), spread, 1e-9);
  }
  EXPECT_NEAR(spread_of_variation(std::sqrt(std::exp(1) - 1)), std::exp(1), 1e-9) << "σ = 1";
}

Observed observed(std::vector<Stamp> stamps, std::int64_t tasks, std::int64_t wall) {
  Observed one{
      .shape = "independent", .sample = {}, .stamped = one_execution(1'000'000, {std::move(stamps)})};
  one.sample.tasks = tasks;
  one.sample.wall_ns = wall;
  one.sample.cpu_ns = wall;
  return one;
}

TEST(Reading, LengthIsThatWithoutStampsAndSpreadThatOfTheStamps) {
  // Half of the tasks take 100, half 300: the variation is 100 / 200.
  const Reading read =
      read_off(observed({chunk(0, 1, 1000, 1100, 100), chunk(1, 1, 2000, 2300, 300)}, 2, 380));
  EXPECT_EQ(read.description.tasks, 2);
  EXPECT_DOUBLE_EQ(read.description.task_ns, 190);
  EXPECT_NEAR(read.description.spread, std::exp(std::sqrt(std::log(1.25))), 0.005);
  EXPECT_EQ(read.description.wait, 0);
  EXPECT_EQ(read.description.depends, Depends::none);
}

TEST(Reading, WhatTakesACoreAwayOnceSaysNothing) {
  Observed one = observed({chunk(0, 1, 1000, 1100), chunk(1, 1, 2000, 2100)}, 2, 200);
  const StampedCell again = one_execution(1'000'000, {{chunk(0, 1, 1000, 1100), chunk(1, 1, 2000, 2100)}});
  const StampedCell late = one_execution(1'000'000, {{chunk(0, 1, 1000, 9100), chunk(1, 1, 9200, 9300)}});
  one.stamped.executions.push_back(again.executions.front());
  one.stamped.executions.push_back(late.executions.front());
  EXPECT_EQ(read_off(one).description.spread, 1);
}

TEST(Reading, WaitingIsTimeInATaskOffTheProcessor) {
  const Reading read = read_off(observed({chunk(0, 1, 1000, 1100, 25), chunk(1, 1, 2000, 2100, 35)}, 2, 200));
  EXPECT_DOUBLE_EQ(read.description.wait, 0.7);
  EXPECT_EQ(read_off(observed({chunk(0, 1, 1000, 1100, 99)}, 1, 100)).description.wait, 0) << "the kernel's";
}

TEST(Reading, TasksThatWereStampedTogetherAreTold) {
  const Reading read =
      read_off(observed({chunk(0, 50, 1000, 6000), chunk(50, 50, 6000, 11'000)}, 100, 10'000));
  EXPECT_DOUBLE_EQ(read.description.task_ns, 100);
  EXPECT_EQ(read.description.spread, 1);
  ASSERT_FALSE(read.doubts.empty());
  EXPECT_NE(read.doubts.front().find("Up to 50 tasks"), std::string::npos);
}

TEST(Reading, BytesThatAreWalkedAreThoseThatAreNoPayload) {
  Observed one = observed({chunk(0, 1, 1000, 1100)}, 10, 1000);
  one.result_bytes = 100;
  one.sample.bytes = 5000;
  EXPECT_EQ(read_off(one).description.payload, 100);
  EXPECT_EQ(read_off(one).description.memory, 4000);
  EXPECT_TRUE(read_off(one).doubts.empty());
  one.sample.bytes = 0;
  one.input_bytes = 700;
  EXPECT_EQ(read_off(one).description.memory, 700);
  EXPECT_FALSE(read_off(one).doubts.empty());
}

TEST(Reading, WhatOnlyTheWorkloadKnowsIsSaid) {
  const Reading read = read_off(observed({}, 0, 20'000));
  EXPECT_FALSE(read.knows_tasks);
  EXPECT_NE(read.doubts.front().find("together they take 20.0 µs"), std::string::npos) << read.doubts.front();
  EXPECT_TRUE(read_off(observed({}, 1, 20'000)).knows_tasks);
}

TEST(Reading, AGraphIsAStencilOfItsWidth) {
  Observed one = observed({graph_task(0, 0, 1000, 1000, 1100), graph_task(0, 4, 1000, 1100, 1200),
                           graph_task(1, 2, 1200, 1200, 1300)},
                          3, 300);
  one.shape = "dependent";
  const Description read = read_off(one).description;
  EXPECT_EQ(read.depends, Depends::stencil);
  EXPECT_EQ(read.width, 5);
}

TEST(Reading, OfARecursionTheSpreadIsNotKnown) {
  Observed one = observed({}, 1000, 20'000);
  one.shape = "recursive";
  one.stamped = {};
  const Reading read = read_off(one);
  EXPECT_EQ(read.description.depends, Depends::tree);
  EXPECT_DOUBLE_EQ(read.description.task_ns, 20);
  EXPECT_EQ(read.description.payload, 0);
  ASSERT_FALSE(read.doubts.empty());
  EXPECT_NE(read.doubts.front().find("not known"), std::string::npos);
}

}  // namespace
}  // namespace runoff
