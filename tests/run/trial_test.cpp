#include "run/trial.h"

#include <gtest/gtest.h>

#include "run/fake_runner.h"

namespace runoff {
namespace {

using namespace std::chrono_literals;

Plan plan_of(std::size_t cells) {
  Plan plan;
  plan.samples = 6;
  for (std::size_t i = 0; i < cells; ++i) {
    const std::string workload = i % 2 == 0 ? "primes" : "stream";
    plan.cells.push_back(
        {workload, "", "cpu", "independent", "b" + std::to_string(i), "", 1, std::to_string(i)});
  }
  return plan;
}

TEST(Trial, SaysWhatRoundsWillTake) {
  const Plan plan = plan_of(6);
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell& cell) { return cell.workload == "primes" ? 100ms : 300ms; };
  const Trial trial = try_out(plan, {}, runner, runner.budget(20s));
  EXPECT_EQ(trial.tried, 6U);
  EXPECT_EQ(trial.rounds(plan, 6), 7200ms);
  EXPECT_EQ(runner.spent(), 1200ms);
}

TEST(Trial, GuessesTheRestFromWhatTheBudgetAllows) {
  const Plan plan = plan_of(100);
  FakeRunner runner(plan);
  const Trial trial = try_out(plan, {}, runner, runner.budget(1s));
  EXPECT_EQ(trial.tried, 10U);
  EXPECT_EQ(trial.rounds(plan, 2), 20s);
  EXPECT_LE(runner.spent(), 1s);
}

TEST(Trial, WhatIsNotSupportedTakesNoTimeLater) {
  const Plan plan = plan_of(4);
  FakeRunner runner(plan);
  runner.status = [](const PlannedCell& cell) {
    return cell.workload == "stream" ? Status::unsupported : Status::ok;
  };
  EXPECT_EQ(try_out(plan, {}, runner, runner.budget(20s)).rounds(plan, 5), 1s);
}

TEST(Trial, WhatIsSkippedTakesNoTime) {
  const Plan plan = plan_of(4);
  FakeRunner runner(plan);
  const Trial trial = try_out(plan, {0, 3}, runner, runner.budget(20s));
  EXPECT_EQ(trial.tried, 2U);
  EXPECT_EQ(runner.taken(), 2U);
  EXPECT_EQ(trial.rounds(plan, 5), 1s);
}

TEST(Trial, EndsWhenItIsInterrupted) {
  const Plan plan = plan_of(4);
  FakeRunner runner(plan);
  runner.interrupted_after = 2;
  EXPECT_TRUE(try_out(plan, {}, runner, runner.budget(20s)).interrupted);
  EXPECT_EQ(runner.taken(), 2U);
}

}  // namespace
}  // namespace runoff
