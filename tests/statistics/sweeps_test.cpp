#include "statistics/sweeps.h"

#include <gtest/gtest.h>

#include "series.h"
#include "statistics/pairs.h"

namespace runoff {
namespace {

std::vector<Sample> waiting(const std::string& parameters, const std::string& backend, std::int64_t workers,
                            std::int64_t wall, const std::string& variant = "",
                            Sample::Number concurrency = {}) {
  std::vector<Sample> made = samples(backend, workers, std::vector<std::int64_t>(6, wall));
  for (Sample& sample : made) {
    sample.workload = "fetch";
    sample.bound = "io";
    sample.parameters = parameters;
    sample.variant = variant;
    sample.concurrency = concurrency;
  }
  return made;
}

// "10ms: std-thread 26, event-loop 1": a stop's backends and workers, the fastest first.
std::string line(const Stop& stop) {
  std::string text = stop.value + ":";
  for (const Placed& one : stop.placed)
    text +=
        (one.judgement.rank == 1U ? " " : ", ") + one.cell->backend + " " + std::to_string(one.cell->workers);
  return text;
}

std::vector<std::string> lines(const Sweep& sweep) {
  std::vector<std::string> all;
  for (const Stop& stop : sweep.stops) all.push_back(line(stop));
  return all;
}

// "1ms-10ms tbb fork".
std::vector<std::string> lines(const Sweep& sweep, const std::vector<Reign>& reigns) {
  std::vector<std::string> all;
  for (const Reign& reign : reigns) {
    all.push_back(sweep.stops[reign.first].value + "-" + sweep.stops[reign.last].value);
    for (const Choice& choice : reign.choices) all.back() += " " + choice.backend;
  }
  return all;
}

using Lines = std::vector<std::string>;

TEST(Sweeps, AreOverParametersThatVaryAlone) {
  const auto cells = gather_cells(
      waiting("latency=100ms;n=26", "tbb", 26, 110) + waiting("latency=100ms;n=26", "fork", 26, 130) +
      waiting("latency=2ms;n=26", "tbb", 26, 30) + waiting("latency=2ms;n=26", "tbb", 2, 80) +
      waiting("latency=2ms;n=26", "fork", 26, 20) + waiting("latency=10ms;n=26", "tbb", 26, 40) +
      waiting("latency=10ms;n=26", "fork", 26, 45) + waiting("latency=10ms;n=13", "fork", 26, 50) +
      waiting("latency=10ms;n=13", "tbb", 26, 60));
  const std::vector<Sweep> sweeps = parameter_sweeps(cells, Rules());
  ASSERT_EQ(sweeps.size(), 2u);
  EXPECT_EQ(sweeps[0].axis, "latency");
  EXPECT_EQ(sweeps[0].others, "n=26");
  EXPECT_EQ(lines(sweeps[0]),
            (Lines{"2ms: fork 26, tbb 26", "10ms: tbb 26, fork 26", "100ms: tbb 26, fork 26"}));
  EXPECT_EQ(sweeps[1].axis, "n");
  EXPECT_EQ(sweeps[1].others, "latency=10ms");
  EXPECT_EQ(lines(sweeps[1]), (Lines{"13: fork 26, tbb 26", "26: tbb 26, fork 26"}));
}

TEST(Sweeps, WordsAreNoAxis) {
  EXPECT_TRUE(
      parameter_sweeps(
          gather_cells(waiting("kernel=triad", "tbb", 1, 5) + waiting("kernel=dot", "tbb", 1, 5)), Rules())
          .empty());
}

TEST(Sweeps, OverConcurrencyOneOptionMakesNoOtherChoice) {
  const auto cells = gather_cells(
      waiting("n=26", "tbb", 1, 260, "", 1) + waiting("n=26", "tbb", 26, 12, "", 26) +
      waiting("n=26", "tbb", 2000, 12, "", 1000) + waiting("n=26", "loop", 1, 250, "a=x;many=1", 1) +
      waiting("n=26", "loop", 1, 11, "a=x;many=26", 26) + waiting("n=26", "loop", 2, 15, "a=x;many=13", 26) +
      waiting("n=26", "loop", 2, 10, "a=x;many=1000", 1000));
  const std::vector<Sweep> sweeps = concurrency_sweeps(cells, {{"loop", "many"}, {"tbb", "a"}}, Rules());
  ASSERT_EQ(sweeps.size(), 1u);
  // At 26 the loop stands once, with the better of its two ways to get there.
  EXPECT_EQ(lines(sweeps[0]), (Lines{"1: loop 1, tbb 1", "26: loop 1, tbb 26", "1000: loop 2, tbb 2000"}));
  for (const Stop& stop : sweeps[0].stops) EXPECT_EQ(stop.placed.front().choice, (Choice{"loop", "a=x"}));
  // Where the option is not known, each of its values is a choice of its own.
  EXPECT_EQ(lines(concurrency_sweeps(cells, {}, Rules()).at(0)).at(1), "26: loop 1, tbb 26, loop 2");
}

TEST(Sweeps, ConcurrencyIsTheWorkersWhereNoSampleSaysIt) {
  const auto cells = gather_cells(waiting("n=26", "tbb", 13, 24) + waiting("n=26", "tbb", 26, 12) +
                                  waiting("n=26", "fork", 13, 25) + waiting("n=26", "fork", 26, 13));
  EXPECT_EQ(lines(concurrency_sweeps(cells, {}, Rules()).at(0)),
            (Lines{"13: tbb 13, fork 13", "26: tbb 26, fork 26"}));
}

TEST(Sweeps, AStopThatOnlyOneReachesIsNone) {
  const auto cells = gather_cells(waiting("d=1ms", "tbb", 1, 5) + waiting("d=1ms", "fork", 1, 6) +
                                  waiting("d=2ms", "tbb", 1, 5) + waiting("d=3ms", "tbb", 1, 5) +
                                  waiting("d=3ms", "fork", 1, 4));
  const std::vector<Sweep> sweeps = parameter_sweeps(cells, Rules());
  ASSERT_EQ(sweeps.size(), 1u);
  EXPECT_EQ(lines(sweeps[0]), (Lines{"1ms: tbb 1, fork 1", "3ms: fork 1, tbb 1"}));
}

TEST(Sweeps, WhereNoChoiceStandsTwiceNothingWasVaried) {
  EXPECT_TRUE(
      concurrency_sweeps(gather_cells(waiting("n=26", "serial", 1, 260) + waiting("n=26", "tbb", 26, 12) +
                                      waiting("n=26", "loop", 1, 11, "many=1000", 1000)),
                         {{"loop", "many"}}, Rules())
          .empty());
}

TEST(Sweeps, WorkThatComputesIsNotSweptOverConcurrency) {
  EXPECT_TRUE(
      concurrency_sweeps(gather_cells(samples("tbb", 1, {5, 5}) + samples("tbb", 2, {3, 3})), {}, Rules())
          .empty());
}

TEST(Reigns, LastAsLongAsSomeChoiceStaysOpen) {
  const auto cells = gather_cells(waiting("d=1ms", "tbb", 1, 1000) + waiting("d=1ms", "fork", 1, 1010) +
                                  waiting("d=1ms", "mpi", 1, 2000) + waiting("d=2ms", "tbb", 1, 1500) +
                                  waiting("d=2ms", "fork", 1, 1000) + waiting("d=2ms", "mpi", 1, 2000) +
                                  waiting("d=3ms", "tbb", 1, 1500) + waiting("d=3ms", "fork", 1, 1300) +
                                  waiting("d=3ms", "mpi", 1, 1000));
  const Sweep sweep = parameter_sweeps(cells, Rules()).front();
  // tbb and fork tie at first; fork stays; then mpi beats both.
  EXPECT_EQ(lines(sweep, reigns(sweep)), (Lines{"1ms-2ms fork", "3ms-3ms mpi"}));
}

TEST(Reigns, StopsWithoutAVerdictEndNone) {
  auto few = waiting("d=2ms", "tbb", 1, 1), other = waiting("d=2ms", "fork", 1, 1);
  few.resize(3);
  other.resize(3);
  const auto cells =
      gather_cells(waiting("d=1ms", "tbb", 1, 1000) + waiting("d=1ms", "fork", 1, 2000) + few + other +
                   waiting("d=3ms", "tbb", 1, 1000) + waiting("d=3ms", "fork", 1, 2000));
  const Sweep sweep = parameter_sweeps(cells, Rules()).front();
  EXPECT_EQ(lines(sweep, reigns(sweep)), (Lines{"1ms-3ms tbb"}));
}

TEST(Pairs, AreOrderedBySize) {
  EXPECT_TRUE(compare_pairs("d=2ms", "d=10ms") < 0);
  EXPECT_TRUE(compare_pairs("d=900us", "d=1ms") < 0);
  EXPECT_TRUE(compare_pairs("n=9;g=1", "n=10;g=1") < 0);
  EXPECT_TRUE(compare_pairs("s=64KiB", "s=1MiB") < 0);
  EXPECT_TRUE(compare_pairs("k=add", "k=dot") < 0);
  EXPECT_TRUE(compare_pairs("n=9", "n=9") == 0);
}

}  // namespace
}  // namespace runoff
