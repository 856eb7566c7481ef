// Which cells go on, where a run takes samples until its verdicts are settled.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "plan/parts.h"
#include "run/fake_runner.h"
#include "run/sampling.h"
#include "runoff/random.h"

namespace runoff {
namespace {

using namespace std::chrono_literals;

/// Each workload on serial, tbb, fork and mpi, all with one worker.
Plan race_of(const std::vector<std::string>& workloads) {
  Plan plan;
  plan.looks.assign(usual_looks.begin(), usual_looks.end());
  plan.samples = plan.looks.back();
  for (const auto& workload : workloads)
    for (const std::string backend : {"serial", "tbb", "fork", "mpi"})
      plan.cells.push_back(
          {workload, "", "cpu", "independent", backend, "", 1, workload + "/" + backend + "/workers:1"});
  number_parts(plan.cells, 1);
  return plan;
}

/// Serial takes twice as long as the others.
std::chrono::nanoseconds usual_time(const PlannedCell& cell) {
  return cell.backend == "serial" ? 200ms : 100ms;
}

/// Times that scatter by a share of their own. Seeded by cell and sample, so that a run that goes on sees
/// what it would have seen.
class Noise {
 public:
  std::chrono::nanoseconds operator()(const PlannedCell& cell, std::chrono::nanoseconds typical,
                                      double spread) {
    const std::uint64_t seed = std::hash<std::string>()(cell.label), index = 2 * count_[cell.label]++;
    const auto unit = [&](std::uint64_t i) {
      return (static_cast<double>(splitmix64(seed, i) >> 11) + 0.5) * 0x1p-53;
    };
    const double normal =
        std::sqrt(-2 * std::log(unit(index))) * std::cos(2 * std::numbers::pi * unit(index + 1));
    return std::chrono::nanoseconds(
        static_cast<std::int64_t>(static_cast<double>(typical.count()) * std::exp(spread * normal)));
  }
  void skip(const std::string& label, std::uint64_t samples) { count_[label] = samples; }

 private:
  std::map<std::string, std::uint64_t> count_;
};

struct Measured {
  RunEnd end;
  std::vector<Sample> samples;
  Progress last;

  std::map<std::string, unsigned> counts() const {  // by workload/backend
    std::map<std::string, unsigned> counts;
    for (const Sample& sample : samples) ++counts[sample.workload + "/" + sample.backend];
    return counts;
  }
};

Measured run(const Plan& plan, FakeRunner& runner, std::optional<std::chrono::nanoseconds> budget = {},
             const std::vector<Sample>& existing = {}) {
  Measured measured;
  Sampling sampling(plan, "a run", runner, runner.budget(budget),
                    {.sample = [&](const Sample& sample) { measured.samples.push_back(sample); },
                     .progress = [&](const Progress& progress) { measured.last = progress; },
                     .left_out = [](const LeftOut&) {}});
  sampling.resume(existing);
  measured.end = sampling.run();
  return measured;
}

TEST(Race, WhatIsPlainEndsWithTheFirstLook) {
  const Plan plan = race_of({"primes"});
  FakeRunner runner(plan);
  Noise noise;
  runner.time = [&](const PlannedCell& cell) {
    const auto typical = cell.backend == "serial" ? 200ms : cell.backend == "tbb" ? 100ms : 150ms;
    return noise(cell, typical, 0.001);
  };
  const Measured done = run(plan, runner);
  for (const auto& [cell, samples] : done.counts()) EXPECT_GE(samples, 6U) << cell;
  EXPECT_EQ(done.counts().at("primes/serial"), 6U);
  EXPECT_EQ(done.counts().at("primes/tbb"), 6U);
  EXPECT_EQ(done.end.verdicts, 4U);
  EXPECT_EQ(done.end.settled, 4U);
  EXPECT_EQ(done.end.missing, 0U);
}

TEST(Race, NearTiesGoOnAndWhatIsBeatenStops) {
  const Plan plan = race_of({"primes"});
  FakeRunner runner(plan);
  Noise noise;
  runner.time = [&](const PlannedCell& cell) { return noise(cell, usual_time(cell), 0.015); };
  const Measured done = run(plan, runner);
  auto counts = done.counts();
  EXPECT_EQ(counts.at("primes/serial"), 6U);
  for (const char* tied : {"primes/tbb", "primes/fork", "primes/mpi"}) {
    EXPECT_GT(counts.at(tied), 6U);
    EXPECT_EQ(counts.at(tied), counts.at("primes/tbb"));
  }
  EXPECT_EQ(done.end.settled, 4U);
  EXPECT_LT(done.samples.size(), 4U * 60);
}

TEST(Race, ABudgetGoesToTheQuestionsThatAreSettledSoonest) {
  const Plan plan = race_of({"hopeless", "near"});
  FakeRunner runner(plan);
  Noise noise;
  runner.time = [&](const PlannedCell& cell) {
    return noise(cell, usual_time(cell), cell.workload == "near" ? 0.015 : 0.3);
  };
  const Measured done = run(plan, runner, 14s);  // the six rounds that all get take 6 s
  auto counts = done.counts();
  EXPECT_GT(counts.at("near/tbb"), 9U);
  EXPECT_GT(counts.at("near/tbb"), counts.at("hopeless/tbb"));
  EXPECT_GE(done.end.settled, 4U);
  EXPECT_LT(done.end.settled, done.end.verdicts);
  EXPECT_GT(done.end.more, 1s);
  EXPECT_LE(runner.spent(), 14500ms);
}

// The hard question waits at first, because what it needs does not fit. All that the other leaves is its own.
TEST(Race, WhatIsLeftOfABudgetGoesToWhatWaited) {
  const Plan plan = race_of({"near", "hard"});
  FakeRunner runner(plan);
  Noise noise;
  runner.time = [&](const PlannedCell& cell) {
    return noise(cell, usual_time(cell), cell.workload == "near" ? 0.015 : 0.06);
  };
  const Measured done = run(plan, runner, 26s);
  EXPECT_GT(runner.spent(), 25s);
  EXPECT_GT(done.counts().at("hard/tbb"), done.counts().at("near/tbb"));
}

// So each is judged at sizes for which the error was planned, whenever it began.
TEST(Race, AQuestionIsLookedAtByItsOwnSamples) {
  const Plan plan = race_of({"first", "second"});
  FakeRunner runner(plan);
  Noise noise;
  runner.time = [&](const PlannedCell& cell) {
    return noise(cell, usual_time(cell), cell.workload == "first" ? 0.014 : 0.022);
  };
  const Measured done = run(plan, runner, 60s);
  EXPECT_EQ(done.end.settled, done.end.verdicts);
  for (const auto& [cell, samples] : done.counts())
    EXPECT_EQ(std::count(plan.looks.begin(), plan.looks.end(), samples), 1) << cell << ": " << samples;
}

// The machine becomes slower after the look: then time is short for all questions, but not for the cheap one.
TEST(Race, WhereARoundDoesNotFitTheCheaperQuestionGoesOn) {
  const Plan plan = race_of({"cheap", "dear"});
  FakeRunner runner(plan);
  Noise noise;
  runner.time = [&](const PlannedCell& cell) {
    const auto typical = cell.workload == "cheap" ? 20ms : runner.spent() < 18s ? 600ms : 6000ms;
    return noise(cell, typical, cell.workload == "cheap" ? 0.02 : 0.05);
  };
  const Measured done = run(plan, runner, 30s);  // the six rounds that all get take 15 s
  auto counts = done.counts();
  EXPECT_LT(counts.at("dear/tbb"), 13U);
  EXPECT_GT(counts.at("cheap/tbb"), counts.at("dear/tbb"));
  EXPECT_LE(runner.spent(), 37s);
}

TEST(Race, WhatIsTooNearToThePrecisionEndsAfterTheLastLook) {
  Plan plan = race_of({"primes"});
  plan.looks = {6, 9, 13};
  plan.samples = 13;
  FakeRunner runner(plan);
  Noise noise;
  runner.time = [&](const PlannedCell& cell) { return noise(cell, 100ms, 0.2); };
  const Measured done = run(plan, runner);
  EXPECT_EQ(done.samples.size(), 4U * 13);
  EXPECT_LT(done.end.settled, 4U);
  EXPECT_EQ(done.end.more, 0s);
}

TEST(Race, ThatIsInterruptedGoesOnToTheSameSamples) {
  const Plan plan = race_of({"primes", "fib"});
  const auto time = [](Noise& noise) {
    return [&noise](const PlannedCell& cell) {
      return noise(cell, usual_time(cell), cell.workload == "fib" ? 0.01 : 0.03);
    };
  };
  Noise noise;
  FakeRunner runner(plan);
  runner.time = time(noise);
  const Measured whole = run(plan, runner);
  for (const std::size_t after : {std::size_t{3}, std::size_t{50}, whole.samples.size() - 2}) {
    Noise first_noise, second_noise;
    FakeRunner first(plan), second(plan);
    first.time = time(first_noise);
    first.interrupted_after = after;
    const Measured begun = run(plan, first);
    ASSERT_TRUE(begun.end.interrupted);
    std::map<std::string, std::uint64_t> taken;
    for (const Sample& sample : begun.samples) ++taken[sample.workload + "/" + sample.backend + "/workers:1"];
    for (const auto& [label, samples] : taken) second_noise.skip(label, samples);
    second.time = time(second_noise);
    const Measured rest = run(plan, second, {}, begun.samples);
    std::vector<Sample> all = begun.samples;
    all.insert(all.end(), rest.samples.begin(), rest.samples.end());
    EXPECT_EQ(all, whole.samples);
  }
}

TEST(Race, AsManySamplesAsAskedForAreTakenOfEach) {
  Plan plan = race_of({"primes"});
  plan.looks.clear();
  plan.samples = 10;
  FakeRunner runner(plan);
  const Measured done = run(plan, runner);
  EXPECT_EQ(done.samples.size(), 40U);
  EXPECT_EQ(done.end.verdicts, 0U);
}

TEST(Race, ProgressSaysHowManyVerdictsAreSettled) {
  const Plan plan = race_of({"primes"});
  FakeRunner runner(plan);
  Noise noise;
  runner.time = [&](const PlannedCell& cell) { return noise(cell, usual_time(cell), 0.02); };
  const Measured done = run(plan, runner);
  EXPECT_EQ(done.last.verdicts, 4U);
  EXPECT_GE(done.last.settled, 1U);
}

// What fails in every sample decides nothing, and gets no more than its share.
TEST(Race, WhatIsKeptOutStops) {
  const Plan plan = race_of({"primes"});
  FakeRunner runner(plan);
  Noise noise;
  runner.time = [&](const PlannedCell& cell) { return noise(cell, 100ms, 0.03); };
  runner.status = [](const PlannedCell& cell) {
    return cell.backend == "mpi" ? Status::crashed : Status::ok;
  };
  const Measured done = run(plan, runner);
  EXPECT_EQ(done.counts().at("primes/mpi"), 6U);
  EXPECT_GT(done.counts().at("primes/tbb"), 6U);
  EXPECT_EQ(done.end.verdicts, 3U);
}

}  // namespace
}  // namespace runoff
