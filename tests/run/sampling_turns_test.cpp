#include <gtest/gtest.h>

#include <map>
#include <span>

#include "run/sampled.h"
#include "run/sampling.h"

namespace runoff {
namespace {

using namespace std::chrono_literals;

TEST(SamplingInTurns, CellsThatAreComparedTakeTurns) {
  const Plan plan = plan_of({"primes", "stream"});
  FakeRunner runner(plan);
  runner.in_turns = 5;
  const Sampled outcome = take_samples(plan, runner, std::nullopt);
  EXPECT_EQ(outcome.samples.size(), plan.cells.size() * plan.samples);
  // Seven cells of each workload: five and two. The first round goes by parts, of four and three cells, and
  // the first cell of each shows how long they take.
  std::map<std::size_t, std::size_t> sizes;
  for (const auto& company : runner.companies) ++sizes[company.size()];
  const std::size_t later = 2 * (plan.samples - 1);
  EXPECT_EQ(sizes, (std::map<std::size_t, std::size_t>{{5, later}, {3, 2}, {2, later + 2}}));
  for (const auto& company : runner.companies) {
    for (const std::size_t cell : company)
      EXPECT_EQ(plan.cells[cell].workload, plan.cells[company.front()].workload);
  }
  // Rows are those of the plan's order, as without turns.
  FakeRunner alone(plan);
  EXPECT_EQ(outcome.samples, take_samples(plan, alone, std::nullopt).samples);
  EXPECT_TRUE(alone.companies.empty());
}

// In the first round nothing is known of the others: each has an equal share of the time there is, and where
// that is too short, one of its own.
TEST(SamplingInTurns, OneThatTakesLongAmongThoseThatTakeTurnsIsMeasured) {
  Plan plan = plan_of({"primes", "stream"});
  for (PlannedCell& cell : plan.cells) cell.part = cell.workload == "primes" ? 0 : 1;
  for (std::size_t i = 0; plan.cells[i].part == 0; ++i) {
    plan.cells.push_back(plan.cells[i]);
    plan.cells.back().backend += "-too";
    plan.cells.back().label += "-too";
  }
  FakeRunner runner(plan);
  runner.in_turns = 14;
  const PlannedCell slow = plan.cells[plan.round(0)[3]];
  runner.time = [slow](const PlannedCell& cell) { return cell.label == slow.label ? 8s : 100ms; };
  const Sampled outcome = take_samples(plan, runner, 70s);
  for (const Sample& sample : outcome.samples) EXPECT_EQ(sample.status, Status::ok) << sample.backend;
  EXPECT_EQ(outcome.count(slow), 6U);
}

TEST(SamplingInTurns, OneThatTakesForEverAmongThoseThatTakeTurnsIsGivenUpAlone) {
  const Plan plan = plan_of({"primes", "stream"});
  FakeRunner runner(plan);
  runner.in_turns = 7;
  const PlannedCell slow = plan.cells[plan.round(0)[3]];
  runner.time = [slow](const PlannedCell& cell) { return cell.label == slow.label ? 25s : 100ms; };
  const Sampled outcome = take_samples(plan, runner, 30s);
  for (const PlannedCell& cell : plan.cells) EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
  for (const Sample& sample : outcome.samples)
    EXPECT_EQ(sample.status, is_of(slow, sample) ? Status::skipped : Status::ok);
  EXPECT_LE(runner.spent(), 30s);
}

TEST(SamplingInTurns, WhereThereIsNoTimeForAllInTurnsThereMayBeForSome) {
  Plan plan = plan_of({"primes"});
  for (PlannedCell& cell : plan.cells) cell.part = 0;
  FakeRunner runner(plan);
  runner.in_turns = 7;
  const Sampled outcome = take_samples(plan, runner, 550ms);
  EXPECT_EQ(outcome.samples.size(), 5U);
  EXPECT_LE(runner.spent(), 550ms);
}

TEST(SamplingInTurns, WhereSomeOfThoseThatTakeTurnsAreMissingTheRunGoesOnWithThem) {
  const Plan plan = plan_of({"primes"});
  FakeRunner whole(plan), first(plan), second(plan);
  for (FakeRunner* runner : {&whole, &first, &second}) runner->in_turns = 7;
  first.interrupted_after = 10;  // in the second round, when three of seven are there
  const Sampled cut = take_samples(plan, first, std::nullopt);
  EXPECT_TRUE(cut.end.interrupted);
  EXPECT_EQ(cut.samples.size(), 10U);
  Sampled rest = take_samples(plan, second, std::nullopt, cut.samples);
  ASSERT_FALSE(second.companies.empty());
  EXPECT_EQ(second.companies.front().size(), 4U);
  std::vector<Sample> all = cut.samples;
  all.insert(all.end(), rest.samples.begin(), rest.samples.end());
  EXPECT_EQ(all, take_samples(plan, whole, std::nullopt).samples);
}

TEST(SamplingInTurns, WhatIsGivenUpTakesNoTurns) {
  const Plan plan = plan_of({"primes"});
  FakeRunner runner(plan);
  runner.in_turns = 7;
  runner.status = [](const PlannedCell& cell) {
    return cell.backend == "tbb" ? Status::unsupported : Status::ok;
  };
  const Sampled outcome = take_samples(plan, runner, std::nullopt);
  EXPECT_EQ(outcome.samples.size(), plan.cells.size() * plan.samples);
  ASSERT_EQ(runner.companies.size(), 2 + plan.samples - 1);
  for (const auto& company : std::span(runner.companies).subspan(2)) {  // after the first round
    for (const std::size_t cell : company) EXPECT_NE(plan.cells[cell].backend, "tbb");
    // Nor does it part those on its two sides.
    EXPECT_EQ(company.size(), plan.cells.size() - 2);
  }
}

}  // namespace
}  // namespace runoff
