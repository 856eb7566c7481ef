#include "run/sampling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "run/sampled.h"
#include "support/errors.h"

namespace runoff {
namespace {

using namespace std::chrono_literals;

TEST(Sampling, TakesEverySampleOnceInTheOrderOfThePlan) {
  const Plan plan = plan_of({"primes", "stream"}, 3);
  FakeRunner runner(plan);
  const Sampled outcome = take_samples(plan, runner, std::nullopt);
  ASSERT_EQ(outcome.samples.size(), plan.cells.size() * 3);
  std::vector<std::int64_t> expected(outcome.samples.size());
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(orders(outcome.samples), expected);
  for (const Sample& sample : outcome.samples) {
    const auto place = static_cast<std::size_t>(sample.order);
    const PlannedCell& cell = plan.cells[plan.round(static_cast<unsigned>(place / 14))[place % 14]];
    EXPECT_EQ(sample.backend, cell.backend);
    EXPECT_EQ(sample.workers, cell.workers);
    EXPECT_EQ(sample.sample, static_cast<std::int64_t>(place / 14 + 1));
    EXPECT_EQ(sample.run, "a run");
  }
  EXPECT_EQ(outcome.end.whole_rounds, 3U);
  EXPECT_EQ(outcome.end.missing, 0U);
  EXPECT_TRUE(outcome.left_out.empty());
}

TEST(Sampling, RoundsThatOthersDisturbedAreTakenAgainAtTheEnd) {
  const Plan plan = plan_of({"primes", "stream"}, 6);
  FakeRunner runner(plan);
  runner.disturbed = [&runner](const PlannedCell& cell) {  // in two of the rounds, of 14 cells each
    const std::size_t round = runner.taken() / 14;
    return cell.workload == "stream" && cell.backend == "fork" && cell.workers == 2 &&
           (round == 1 || round == 4);
  };
  const Sampled outcome = take_samples(plan, runner, 60s);
  for (const PlannedCell& cell : plan.cells) {
    const bool again = cell.workload == "stream" && cell.part == plan.cells.back().part;
    EXPECT_EQ(outcome.count(cell), again ? 8U : 6U) << cell.label;
  }
  std::set<std::int64_t> orders;
  for (const Sample& sample : outcome.samples) EXPECT_TRUE(orders.insert(sample.order).second);
  EXPECT_EQ(outcome.end.whole_rounds, 6U);

  // A run that was interrupted goes on to the same ones.
  FakeRunner second(plan);
  const std::vector<Sample> begun(outcome.samples.begin(), outcome.samples.end() - 3);
  const Sampled rest = take_samples(plan, second, 60s, begun);
  EXPECT_EQ(rest.samples.size(), 3U);
}

TEST(Sampling, OnAMachineThatIsAlwaysBusyAtMostHalfIsTakenAgain) {
  const Plan plan = plan_of({"primes"}, 8);
  FakeRunner runner(plan), without_budget(plan), short_of_time(plan);
  runner.disturbed = without_budget.disturbed =
      short_of_time.disturbed = [](const PlannedCell&) { return true; };
  EXPECT_EQ(take_samples(plan, runner, 60s).samples.size(), 7U * 12);
  EXPECT_EQ(take_samples(plan, without_budget, std::nullopt).samples.size(), 7U * 8);
  EXPECT_EQ(take_samples(plan, short_of_time, 6500ms).samples.size(), 7U * 9);  // 0.7 s a round
}

TEST(Sampling, ACellThatTimesOutOrIsUnsupportedIsNotTriedAgain) {
  const Plan plan = plan_of({"primes"}, 3);
  FakeRunner runner(plan);
  runner.status = [](const PlannedCell& cell) {
    return cell.backend == "fork"  ? Status::timeout
           : cell.backend == "tbb" ? Status::unsupported
                                   : Status::ok;
  };
  const Sampled outcome = take_samples(plan, runner, std::nullopt);
  EXPECT_EQ(runner.taken(), 3U * 3 + 2 + 2);
  for (const Sample& sample : outcome.samples) {
    if (sample.backend == "fork") {
      EXPECT_EQ(sample.status, sample.sample == 1 ? Status::timeout : Status::skipped);
    } else if (sample.backend == "tbb") {
      EXPECT_EQ(sample.status, sample.sample == 1 ? Status::unsupported : Status::skipped);
    } else {
      EXPECT_EQ(sample.status, Status::ok);
    }
    EXPECT_EQ(sample.detail.empty(), sample.status != Status::skipped);
  }
}

TEST(Sampling, ACrashIsTriedAgain) {
  const Plan plan = plan_of({"primes"}, 3);
  FakeRunner runner(plan);
  runner.status = [](const PlannedCell&) { return Status::crashed; };
  EXPECT_EQ(take_samples(plan, runner, std::nullopt).samples.size(), 21U);
  EXPECT_EQ(runner.taken(), 21U);
}

TEST(Sampling, WhatIsSkippedIsNotMeasured) {
  const Plan plan = plan_of({"primes"}, 2);
  FakeRunner runner(plan);
  std::vector<Sample> samples;
  Sampling sampling(plan, "", runner, runner.budget(std::nullopt),
                    {.sample = [&](const Sample& sample) { samples.push_back(sample); },
                     .progress = [](const Progress&) {},
                     .left_out = [](const LeftOut&) {}});
  sampling.skip(2, "too large");
  sampling.run();
  EXPECT_EQ(runner.taken(), 12U);
  for (const Sample& sample : samples) {
    if (sample.backend == plan.cells[2].backend && sample.workers == plan.cells[2].workers) {
      EXPECT_EQ(sample.status, Status::skipped);
      EXPECT_EQ(sample.detail, "too large");
    }
  }
}

TEST(Sampling, GoesOnWhereItWasInterruptedToTheSameSamples) {
  const Plan plan = plan_of({"primes", "stream"}, 4);
  FakeRunner whole_runner(plan);
  const Sampled whole = take_samples(plan, whole_runner, std::nullopt);
  for (const std::size_t after : {std::size_t{0}, std::size_t{1}, std::size_t{13}, std::size_t{30}}) {
    FakeRunner first(plan), second(plan);
    first.interrupted_after = after;
    const Sampled begun = take_samples(plan, first, std::nullopt);
    EXPECT_TRUE(begun.end.interrupted);
    EXPECT_EQ(begun.samples.size(), after);
    const Sampled rest = take_samples(plan, second, std::nullopt, begun.samples);
    auto all = orders(begun.samples);
    const auto more = orders(rest.samples);
    all.insert(all.end(), more.begin(), more.end());
    EXPECT_EQ(all, orders(whole.samples));
    EXPECT_EQ(rest.end.taken, whole.samples.size());
  }
}

TEST(Sampling, GoingOnWithATimeoutDoesNotTryItAgain) {
  const Plan plan = plan_of({"primes"}, 3);
  FakeRunner first(plan), second(plan);
  first.status = [](const PlannedCell&) { return Status::timeout; };
  first.interrupted_after = 7;
  const Sampled begun = take_samples(plan, first, std::nullopt);
  take_samples(plan, second, std::nullopt, begun.samples);
  EXPECT_EQ(second.taken(), 0U);
}

TEST(Sampling, RefusesSamplesOfAnotherPlan) {
  const Plan plan = plan_of({"primes"}, 1);
  FakeRunner runner(plan);
  Sample stranger;
  stranger.order = 7;
  EXPECT_THROW(take_samples(plan, runner, std::nullopt, {stranger}), MachineError);
}

TEST(Sampling, ADiskThatIsFullEndsIt) {
  const Plan plan = plan_of({"primes"});
  FakeRunner runner(plan);
  EXPECT_THROW(take_samples(plan, runner, std::nullopt, {},
                            [&runner](const Sample&) {
                              if (runner.taken() == 5) throw MachineError("no space left on device");
                            }),
               MachineError);
  EXPECT_EQ(runner.taken(), 5U);
}

}  // namespace
}  // namespace runoff
