#include "run/sampling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <span>

#include "plan/parts.h"
#include "run/fake_runner.h"
#include "support/errors.h"

namespace runoff {
namespace {

using namespace std::chrono_literals;
using Duration = std::chrono::nanoseconds;

/// Each workload (one of each bound) on four backends, with 1 and 2 workers; serial with one.
Plan plan_of(const std::vector<std::string>& workloads, unsigned samples = 6) {
  const std::vector<std::string> bounds{"cpu", "memory", "io", "runtime"};
  Plan plan;
  plan.samples = samples;
  for (std::size_t i = 0; i < workloads.size(); ++i)
    for (const std::string backend : {"serial", "team", "fork", "tbb"})
      for (const unsigned workers : {1U, 2U}) {
        if (backend == "serial" && workers > 1) continue;
        plan.cells.push_back({workloads[i], "", bounds[i % bounds.size()], "independent", backend, "",
                              workers, workloads[i] + "/" + backend + "/workers:" + std::to_string(workers)});
      }
  number_parts(plan.cells, 2);
  return plan;
}

/// What a run of a plan came to.
struct Outcome {
  RunEnd end;
  std::vector<Sample> samples;
  std::vector<LeftOut> left_out;

  unsigned count(const PlannedCell& cell) const {
    return static_cast<unsigned>(std::count_if(samples.begin(), samples.end(), [&](const Sample& sample) {
      return sample.workload == cell.workload && sample.backend == cell.backend &&
             sample.workers == cell.workers;
    }));
  }
};

Outcome run(const Plan& plan, FakeRunner& runner, std::optional<Duration> budget,
            const std::vector<Sample>& existing = {}, const std::function<void(const Sample&)>& keep = {}) {
  Outcome outcome;
  Sampling sampling(plan, "a run", runner, runner.budget(budget),
                    {.sample =
                         [&](const Sample& sample) {
                           if (keep) keep(sample);
                           outcome.samples.push_back(sample);
                         },
                     .progress = [](const Progress&) {},
                     .left_out = [&](const LeftOut& out) { outcome.left_out.push_back(out); }});
  sampling.resume(existing);
  outcome.end = sampling.run();
  return outcome;
}

std::vector<std::int64_t> orders(const std::vector<Sample>& samples) {
  std::vector<std::int64_t> orders;
  for (const Sample& sample : samples) orders.push_back(sample.order);
  return orders;
}

TEST(Sampling, TakesEverySampleOnceInTheOrderOfThePlan) {
  const Plan plan = plan_of({"primes", "stream"}, 3);
  FakeRunner runner(plan);
  const Outcome outcome = run(plan, runner, std::nullopt);
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

TEST(Sampling, LeavesNothingOutWhereAllFits) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  const Outcome outcome = run(plan, runner, 20s);  // 28 cells x 6 x 0.1 s = 16.8 s
  EXPECT_EQ(outcome.samples.size(), 28U * 6);
  EXPECT_TRUE(outcome.left_out.empty());
}

// The machine that the preset was not made for: every cell takes twice as long as there is time for.
TEST(Sampling, OnASlowMachineOneComparisonOfEachBoundIsKept) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell&) { return 200ms; };
  const Outcome outcome = run(plan, runner, 22s);  // all: 33.6 s; main parts: 16 cells, 19.2 s
  ASSERT_EQ(outcome.left_out.size(), 1U);
  EXPECT_EQ(outcome.left_out[0].parts, (std::vector<unsigned>{4, 5, 6, 7}));
  for (const PlannedCell& cell : plan.cells)
    EXPECT_EQ(outcome.count(cell), cell.part < 4 ? 6U : 0U) << cell.label;
  EXPECT_LE(runner.spent(), 22s);
  EXPECT_GE(outcome.left_out[0].enough, 33600ms);
  EXPECT_EQ(outcome.end.missing, 0U);
  EXPECT_EQ(outcome.end.left_out.parts, outcome.left_out[0].parts);
}

TEST(Sampling, WhatFitsIsTakenAlsoBehindWhatDoesNot) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell& cell) { return cell.workload == "fib" ? 20ms : 200ms; };
  const Outcome outcome =
      run(plan, runner, 18s);  // main parts: 14.9 s; fib with 1 worker: 0.4 s; each other: 3.6 s
  for (const PlannedCell& cell : plan.cells)
    EXPECT_EQ(outcome.count(cell), cell.part < 4 || cell.workload == "fib" ? 6U : 0U) << cell.label;
}

TEST(Sampling, APartThatTurnsOutTooLongMakesWayForOthers) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell& cell) { return cell.workload == "primes" ? 5s : 100ms; };
  const Outcome outcome = run(plan, runner, 20s);
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
TEST(Sampling, ASampleThatTakesForEverCostsNoOtherPartItsVerdict) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell& cell) { return cell.workload == "stream" ? 25s : 100ms; };
  const Outcome outcome = run(plan, runner, 20s);
  for (const PlannedCell& cell : plan.cells) {
    if (cell.workload == "stream") {
      EXPECT_EQ(outcome.count(cell), 0U) << cell.label;
    } else if (cell.part < 4) {
      EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
    }
  }
  EXPECT_LE(runner.spent(), 20s);
}

TEST(Sampling, OneCellThatTakesForEverIsLeftOutOfItsPartAlone) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  const auto order = plan.round(0);
  const PlannedCell slow = plan.cells[order[2]];  // not the first of its part
  runner.time = [slow](const PlannedCell& cell) { return cell.label == slow.label ? 25s : 100ms; };
  const Outcome outcome = run(plan, runner, 30s);
  for (const PlannedCell& cell : plan.cells) EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
  for (const Sample& sample : outcome.samples)
    EXPECT_EQ(sample.status, sample.workload == slow.workload && sample.backend == slow.backend &&
                                     sample.workers == slow.workers
                                 ? Status::skipped
                                 : Status::ok);
}

// A machine that was busy in the first round only.
TEST(Sampling, WhatFitsAfterAllComesBack) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [&runner](const PlannedCell&) { return runner.spent() < 2s ? 400ms : 50ms; };
  const Outcome outcome = run(plan, runner, 20s);
  for (const PlannedCell& cell : plan.cells) EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
  ASSERT_GE(outcome.left_out.size(), 2U);
  EXPECT_FALSE(outcome.left_out.front().parts.empty());
  EXPECT_TRUE(outcome.end.left_out.parts.empty());
  EXPECT_LE(runner.spent(), 20s);
}

TEST(Sampling, WhereNoPartFitsTheShortestGoesOnAsFarAsItGets) {
  const Plan plan = plan_of({"primes", "stream"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell& cell) { return cell.workload == "primes" ? 2s : 1s; };
  const Outcome outcome = run(plan, runner, 12s);
  std::set<std::string> workloads;
  for (const Sample& sample : outcome.samples) workloads.insert(sample.workload);
  EXPECT_TRUE(workloads.contains("stream"));
  EXPECT_GT(outcome.end.missing, 0U);
  EXPECT_LE(runner.spent(), 16s);
  EXPECT_GT(outcome.end.left_out.enough, 12s);
}

TEST(Sampling, ASlowerMachineInLaterRoundsCostsTheLeastImportantPart) {
  const Plan plan = plan_of({"primes", "stream", "fetch", "fib"});
  FakeRunner runner(plan);
  runner.time = [&runner](const PlannedCell&) { return runner.spent() > 6s ? 180ms : 100ms; };
  const Outcome outcome = run(plan, runner, 20s);
  ASSERT_FALSE(outcome.left_out.empty());
  for (const PlannedCell& cell : plan.cells) {
    if (cell.part < 4) {
      EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
    }
  }
  EXPECT_LE(runner.spent(), 25s);
}

TEST(Sampling, SamplesThatAVerdictNeedsMayGoOnALittle) {
  const Plan plan = plan_of({"primes"});
  FakeRunner runner(plan);
  runner.time = [&runner](const PlannedCell&) { return runner.spent() > 3s ? 160ms : 100ms; };
  const Outcome outcome = run(plan, runner, 4700ms);
  EXPECT_EQ(outcome.samples.size(), plan.cells.size() * 6);
  EXPECT_GT(runner.spent(), 4700ms);
}

TEST(Sampling, RoundsBeyondThoseOfAVerdictAreOnlyBegunWhenTheyFit) {
  const Plan plan = plan_of({"primes"}, 30);  // 7 cells, 0.7 s a round
  FakeRunner runner(plan);
  const Outcome outcome = run(plan, runner, 7500ms);
  EXPECT_EQ(outcome.end.whole_rounds, 10U);
  EXPECT_EQ(outcome.samples.size(), 70U);
  EXPECT_EQ(outcome.end.missing, 20U * 7);
  EXPECT_LE(runner.spent(), 7500ms);
}

TEST(Sampling, RoundsThatOthersDisturbedAreTakenAgainAtTheEnd) {
  const Plan plan = plan_of({"primes", "stream"}, 6);
  FakeRunner runner(plan);
  runner.disturbed = [&runner](const PlannedCell& cell) {  // in two of the rounds, of 14 cells each
    const std::size_t round = runner.taken() / 14;
    return cell.workload == "stream" && cell.backend == "fork" && cell.workers == 2 &&
           (round == 1 || round == 4);
  };
  const Outcome outcome = run(plan, runner, 60s);
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
  const Outcome rest = run(plan, second, 60s, begun);
  EXPECT_EQ(rest.samples.size(), 3U);
}

TEST(Sampling, OnAMachineThatIsAlwaysBusyAtMostHalfIsTakenAgain) {
  const Plan plan = plan_of({"primes"}, 8);
  FakeRunner runner(plan), without_budget(plan), short_of_time(plan);
  runner.disturbed = without_budget.disturbed =
      short_of_time.disturbed = [](const PlannedCell&) { return true; };
  EXPECT_EQ(run(plan, runner, 60s).samples.size(), 7U * 12);
  EXPECT_EQ(run(plan, without_budget, std::nullopt).samples.size(), 7U * 8);
  EXPECT_EQ(run(plan, short_of_time, 6500ms).samples.size(), 7U * 9);  // 0.7 s a round
}

TEST(Sampling, ABudgetThatIsTooShortForAnySampleTakesNone) {
  const Plan plan = plan_of({"primes"});
  FakeRunner runner(plan);
  runner.time = [](const PlannedCell&) { return 10s; };
  const Outcome outcome = run(plan, runner, 1s);
  EXPECT_EQ(outcome.end.taken, 0U);
  EXPECT_EQ(runner.spent(), 1s);
}

TEST(Sampling, ACellThatTimesOutOrIsUnsupportedIsNotTriedAgain) {
  const Plan plan = plan_of({"primes"}, 3);
  FakeRunner runner(plan);
  runner.status = [](const PlannedCell& cell) {
    return cell.backend == "fork"  ? Status::timeout
           : cell.backend == "tbb" ? Status::unsupported
                                   : Status::ok;
  };
  const Outcome outcome = run(plan, runner, std::nullopt);
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
  EXPECT_EQ(run(plan, runner, std::nullopt).samples.size(), 21U);
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
  const Outcome whole = run(plan, whole_runner, std::nullopt);
  for (const std::size_t after : {std::size_t{0}, std::size_t{1}, std::size_t{13}, std::size_t{30}}) {
    FakeRunner first(plan), second(plan);
    first.interrupted_after = after;
    const Outcome begun = run(plan, first, std::nullopt);
    EXPECT_TRUE(begun.end.interrupted);
    EXPECT_EQ(begun.samples.size(), after);
    const Outcome rest = run(plan, second, std::nullopt, begun.samples);
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
  const Outcome begun = run(plan, first, std::nullopt);
  run(plan, second, std::nullopt, begun.samples);
  EXPECT_EQ(second.taken(), 0U);
}

TEST(Sampling, RefusesSamplesOfAnotherPlan) {
  const Plan plan = plan_of({"primes"}, 1);
  FakeRunner runner(plan);
  Sample stranger;
  stranger.order = 7;
  EXPECT_THROW(run(plan, runner, std::nullopt, {stranger}), MachineError);
}

TEST(Sampling, ADiskThatIsFullEndsIt) {
  const Plan plan = plan_of({"primes"});
  FakeRunner runner(plan);
  EXPECT_THROW(run(plan, runner, std::nullopt, {},
                   [&runner](const Sample&) {
                     if (runner.taken() == 5) throw MachineError("no space left on device");
                   }),
               MachineError);
  EXPECT_EQ(runner.taken(), 5U);
}

TEST(SamplingTest, CellsThatAreComparedTakeTurns) {
  const Plan plan = plan_of({"primes", "stream"});
  FakeRunner runner(plan);
  runner.in_turns = 5;
  const Outcome outcome = run(plan, runner, std::nullopt);
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
  EXPECT_EQ(outcome.samples, run(plan, alone, std::nullopt).samples);
  EXPECT_TRUE(alone.companies.empty());
}

// In the first round nothing is known of the others: each has an equal share of the time there is, and where
// that is too short, one of its own.
TEST(SamplingTest, OneThatTakesLongAmongThoseThatTakeTurnsIsMeasured) {
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
  const Outcome outcome = run(plan, runner, 70s);
  for (const Sample& sample : outcome.samples) EXPECT_EQ(sample.status, Status::ok) << sample.backend;
  EXPECT_EQ(outcome.count(slow), 6U);
}

TEST(SamplingTest, OneThatTakesForEverAmongThoseThatTakeTurnsIsGivenUpAlone) {
  const Plan plan = plan_of({"primes", "stream"});
  FakeRunner runner(plan);
  runner.in_turns = 7;
  const PlannedCell slow = plan.cells[plan.round(0)[3]];
  runner.time = [slow](const PlannedCell& cell) { return cell.label == slow.label ? 25s : 100ms; };
  const Outcome outcome = run(plan, runner, 30s);
  for (const PlannedCell& cell : plan.cells) EXPECT_EQ(outcome.count(cell), 6U) << cell.label;
  for (const Sample& sample : outcome.samples)
    EXPECT_EQ(sample.status, sample.workload == slow.workload && sample.backend == slow.backend &&
                                     sample.workers == slow.workers
                                 ? Status::skipped
                                 : Status::ok);
  EXPECT_LE(runner.spent(), 30s);
}

TEST(SamplingTest, WhereThereIsNoTimeForAllInTurnsThereMayBeForSome) {
  Plan plan = plan_of({"primes"});
  for (PlannedCell& cell : plan.cells) cell.part = 0;
  FakeRunner runner(plan);
  runner.in_turns = 7;
  const Outcome outcome = run(plan, runner, 550ms);
  EXPECT_EQ(outcome.samples.size(), 5U);
  EXPECT_LE(runner.spent(), 550ms);
}

TEST(SamplingTest, WhereSomeOfThoseThatTakeTurnsAreMissingTheRunGoesOnWithThem) {
  const Plan plan = plan_of({"primes"});
  FakeRunner whole(plan), first(plan), second(plan);
  for (FakeRunner* runner : {&whole, &first, &second}) runner->in_turns = 7;
  first.interrupted_after = 10;  // in the second round, when three of seven are there
  const Outcome cut = run(plan, first, std::nullopt);
  EXPECT_TRUE(cut.end.interrupted);
  EXPECT_EQ(cut.samples.size(), 10U);
  Outcome rest = run(plan, second, std::nullopt, cut.samples);
  ASSERT_FALSE(second.companies.empty());
  EXPECT_EQ(second.companies.front().size(), 4U);
  std::vector<Sample> all = cut.samples;
  all.insert(all.end(), rest.samples.begin(), rest.samples.end());
  EXPECT_EQ(all, run(plan, whole, std::nullopt).samples);
}

TEST(SamplingTest, WhatIsGivenUpTakesNoTurns) {
  const Plan plan = plan_of({"primes"});
  FakeRunner runner(plan);
  runner.in_turns = 7;
  runner.status = [](const PlannedCell& cell) {
    return cell.backend == "tbb" ? Status::unsupported : Status::ok;
  };
  const Outcome outcome = run(plan, runner, std::nullopt);
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
