#include <gtest/gtest.h>

#include <set>

#include "run/sampled.h"
#include "run/sampling.h"

namespace runoff {
namespace {

using namespace std::chrono_literals;

TEST(SamplingWithABudget, LeavesNothingOutWhereAllFits) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  const Sampled outcome = take_samples(plan, runner, 20s);  // 28 cells x 6 x 0.1 s = 16.8 s
  EXPECT_EQ(outcome.samples.size(), 28U * 6);
  EXPECT_TRUE(outcome.left_out.empty());
}

// The machine that the preset was not made for: every cell takes twice as long as there is time for.
TEST(SamplingWithABudget, OnASlowMachineOneComparisonOfEachBoundIsKept) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell&) { return 200ms; };
  const Sampled outcome = take_samples(plan, runner, 22s);  // all: 33.6 s; main parts: 16 cells, 19.2 s
  ASSERT_EQ(outcome.left_out.size(), 1U);
  EXPECT_EQ(outcome.left_out[0].parts, (std::vector<unsigned>{4, 5, 6, 7}));
  for (const PlannedCell& cell : plan.cells)
    EXPECT_EQ(outcome.count(cell), cell.part < 4 ? 6U : 0U) << cell.label;
  EXPECT_LE(runner.spent(), 22s);
  EXPECT_GE(outcome.left_out[0].enough, 33600ms);
  EXPECT_EQ(outcome.end.missing, 0U);
  EXPECT_EQ(outcome.end.left_out.parts, outcome.left_out[0].parts);
}

TEST(SamplingWithABudget, WhatFitsIsTakenAlsoBehindWhatDoesNot) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell& cell) { return cell.workload == "fib" ? 20ms : 200ms; };
  const Sampled outcome =
      take_samples(plan, runner, 18s);  // main parts: 14.9 s; fib with 1 worker: 0.4 s; each other: 3.6 s
  for (const PlannedCell& cell : plan.cells)
    EXPECT_EQ(outcome.count(cell), cell.part < 4 || cell.workload == "fib" ? 6U : 0U) << cell.label;
}

TEST(SamplingWithABudget, APartThatTurnsOutTooLongMakesWayForOthers) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell& cell) { return cell.workload == "primes" ? 5s : 100ms; };
  const Sampled outcome = take_samples(plan, runner, 20s);
  for (const PlannedCell& cell : plan.cells) {
    if (cell.workload == "primes") {
      EXPECT_LE(outcome.count(cell), 1U) << cell.label;
    } else if (cell.part < 4) {
      EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
    }
  }
  EXPECT_LE(runner.spent(), 20s);
}

// What nothing is known of yet may not use up the time of what is under way.
TEST(SamplingWithABudget, ASampleThatTakesForEverCostsNoOtherPartItsVerdict) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell& cell) { return cell.workload == "stream" ? 25s : 100ms; };
  const Sampled outcome = take_samples(plan, runner, 20s);
  for (const PlannedCell& cell : plan.cells) {
    if (cell.workload == "stream") {
      EXPECT_EQ(outcome.count(cell), 0U) << cell.label;
    } else if (cell.part < 4) {
      EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
    }
  }
  EXPECT_LE(runner.spent(), 20s);
}

TEST(SamplingWithABudget, OneCellThatTakesForEverIsLeftOutOfItsPartAlone) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  const auto order = plan.round(0);
  const PlannedCell slow = plan.cells[order[2]];  // not the first of its part
  runner.time = [slow](const PlannedCell& cell) { return cell.label == slow.label ? 25s : 100ms; };
  const Sampled outcome = take_samples(plan, runner, 30s);
  for (const PlannedCell& cell : plan.cells) EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
  for (const Sample& sample : outcome.samples)
    EXPECT_EQ(sample.status, is_of(slow, sample) ? Status::skipped : Status::ok);
}

// A machine that was busy in the first round only.
TEST(SamplingWithABudget, WhatFitsAfterAllComesBack) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [&runner](const PlannedCell&) { return runner.spent() < 2s ? 400ms : 50ms; };
  const Sampled outcome = take_samples(plan, runner, 20s);
  for (const PlannedCell& cell : plan.cells) EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
  ASSERT_GE(outcome.left_out.size(), 2U);
  EXPECT_FALSE(outcome.left_out.front().parts.empty());
  EXPECT_TRUE(outcome.end.left_out.parts.empty());
  EXPECT_LE(runner.spent(), 20s);
}

TEST(SamplingWithABudget, WhereNoPartFitsTheShortestGoesOnAsFarAsItGets) {
  const Plan plan = plan_of({"primes", "stream"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell& cell) { return cell.workload == "primes" ? 2s : 1s; };
  const Sampled outcome = take_samples(plan, runner, 12s);
  std::set<std::string> workloads;
  for (const Sample& sample : outcome.samples) workloads.insert(sample.workload);
  EXPECT_TRUE(workloads.contains("stream"));
  EXPECT_GT(outcome.end.missing, 0U);
  EXPECT_LE(runner.spent(), 16s);
  EXPECT_GT(outcome.end.left_out.enough, 12s);
}

TEST(SamplingWithABudget, ASlowerMachineInLaterRoundsCostsTheLeastImportantPart) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [&runner](const PlannedCell&) { return runner.spent() > 6s ? 180ms : 100ms; };
  const Sampled outcome = take_samples(plan, runner, 20s);
  ASSERT_FALSE(outcome.left_out.empty());
  for (const PlannedCell& cell : plan.cells) {
    if (cell.part < 4) {
      EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
    }
  }
  EXPECT_LE(runner.spent(), 25s);
}

TEST(SamplingWithABudget, SamplesThatAVerdictNeedsMayGoOnALittle) {
  const Plan plan = plan_of({"primes"});
  FakeRunner runner(plan);
  runner.time = [&runner](const PlannedCell&) { return runner.spent() > 3s ? 160ms : 100ms; };
  const Sampled outcome = take_samples(plan, runner, 4700ms);
  EXPECT_EQ(outcome.samples.size(), plan.cells.size() * 6);
  EXPECT_GT(runner.spent(), 4700ms);
}

TEST(SamplingWithABudget, RoundsBeyondThoseOfAVerdictAreOnlyBegunWhenTheyFit) {
  const Plan plan = plan_of({"primes"}, 30);  // 7 cells, 0.7 s a round
  FakeRunner runner(plan);
  const Sampled outcome = take_samples(plan, runner, 7500ms);
  EXPECT_EQ(outcome.end.whole_rounds, 10U);
  EXPECT_EQ(outcome.samples.size(), 70U);
  EXPECT_EQ(outcome.end.missing, 20U * 7);
  EXPECT_LE(runner.spent(), 7500ms);
}

TEST(SamplingWithABudget, ABudgetThatIsTooShortForAnySampleTakesNone) {
  const Plan plan = plan_of({"primes"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell&) { return 10s; };
  const Sampled outcome = take_samples(plan, runner, 1s);
  EXPECT_EQ(outcome.end.taken, 0U);
  EXPECT_EQ(runner.spent(), 1s);
}

}  // namespace
}  // namespace runoff
