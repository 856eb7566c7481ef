#include "statistics/summary.h"

#include <gtest/gtest.h>

#include "series.h"

namespace runoff {
namespace {

std::vector<Sample> constant(const std::string& backend, std::int64_t workers, std::int64_t wall,
                             std::size_t n = 6) {
  return samples(backend, workers, std::vector<std::int64_t>(n, wall));
}

// backend workers: verdict rank speedup efficiency
std::string line(const SummaryRow& row) {
  const auto number = [](const auto& value) {
    return value ? std::to_string(*value).substr(0, 4) : std::string("-");
  };
  return row.cell->backend + " " + std::to_string(row.cell->workers) + ": " + row.judgement.word + " " +
         number(row.judgement.rank) + " " + number(row.figures.speedup) + " " +
         number(row.figures.efficiency);
}

std::vector<std::string> lines(const std::vector<SummaryRow>& rows) {
  std::vector<std::string> all;
  for (const auto& row : rows) all.push_back(line(row));
  return all;
}

using Lines = std::vector<std::string>;

const std::vector<Sample> race = constant("serial", 1, 1200) + constant("tbb", 1, 1250) +
                                 constant("tbb", 2, 600) + constant("tbb", 4, 650) +
                                 constant("fork", 2, 800) + constant("fork", 4, 1600);

TEST(Summary, EachCellInItsGroupWithSerialInEveryOne) {
  const std::vector<Cell> cells = gather_cells(race);
  EXPECT_EQ(lines(summarize(cells, Rules())),
            (Lines{"serial 1: fastest 1 1.00 1.00",                                //
                   "tbb 1: slower 2 0.96 0.96",                                    //
                   "tbb 2: fastest 1 2.00 1.00",                                   //
                   "fork 2: slower 2 1.50 0.75",                                   //
                   "tbb 4: fastest 1 1.84 0.46", "fork 4: slower 3 0.75 0.18"}));  // serial is second here
}

TEST(Summary, NoOneIsFastestWhereSerialIs) {
  const std::vector<Cell> cells = gather_cells(constant("serial", 1, 100) + constant("tbb", 8, 200));
  EXPECT_EQ(lines(summarize(cells, Rules())),
            (Lines{"serial 1: fastest 1 1.00 1.00", "tbb 8: slower 2 0.50 0.06"}));
}

TEST(Summary, WithoutSerialThereIsNoSpeedup) {
  std::vector<Sample> broken = constant("serial", 1, 100) + constant("tbb", 2, 60);
  broken.front().status = Status::crashed;
  const std::vector<Cell> cells = gather_cells(broken);
  EXPECT_EQ(lines(summarize(cells, Rules())), (Lines{"serial 1: crashed - - -", "tbb 2: fastest 1 - -"}));
}

TEST(Summary, AWorkloadMayHaveAnotherReference) {
  std::vector<Sample> loop = constant("snake", 1, 300), pool = constant("snake", 2, 100);
  for (Sample& sample : loop) sample.variant = "by=loop;start=fork";
  for (Sample& sample : pool) sample.variant = "by=pool";
  const std::vector<Cell> cells =
      gather_cells(loop + pool + constant("serial", 1, 10), {{"primes", "snake:by=loop"}});
  EXPECT_EQ(lines(summarize(cells, Rules())),
            (Lines{"serial 1: fastest 1 30.0 30.0", "snake 1: slower 2 1.00 1.00",  //
                   "snake 2: fastest 1 3.00 1.50"}));
  EXPECT_EQ(contests(cells, Rules()).front().problem->reference_name(), "snake by=loop");
}

TEST(Summary, ProblemsWithOtherParametersAreApart) {
  std::vector<Sample> larger = constant("tbb", 2, 10) + constant("serial", 1, 40);
  for (Sample& sample : larger) sample.parameters = "n=2000";
  const std::vector<Cell> cells = gather_cells(larger + constant("serial", 1, 30) + constant("tbb", 2, 20));
  EXPECT_EQ(lines(summarize(cells, Rules())),
            (Lines{"serial 1: fastest 1 1.00 1.00", "tbb 2: fastest 1 1.50 0.75",
                   "serial 1: fastest 1 1.00 1.00", "tbb 2: fastest 1 4.00 2.00"}));
}

TEST(Summary, FewSamplesHaveAMedianButNoInterval) {
  const std::vector<Cell> cells = gather_cells(constant("serial", 1, 100) + constant("tbb", 2, 50, 5));
  const SummaryRow row = summarize(cells, Rules())[1];
  EXPECT_EQ(line(row), "tbb 2: too-few - 2.00 1.00");
  EXPECT_EQ(row.figures.n, 5U);
  EXPECT_EQ(row.figures.median_ns, 50);
  EXPECT_FALSE(row.figures.interval.has_value());
  EXPECT_FALSE(row.figures.speedup_interval.has_value());
}

TEST(Summary, SamplesInAnyOrderGiveTheSameCells) {
  std::vector<Sample> reversed(race.rbegin(), race.rend());
  const std::vector<Cell> a = gather_cells(race), b = gather_cells(reversed);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].wall.rounds, b[i].wall.rounds);
}

TEST(Contest, EachBackendAtItsBestNumberOfWorkers) {
  const std::vector<Cell> cells = gather_cells(race + constant("mpi", 2, 5, 3));
  const std::vector<Contest> found = contests(cells, Rules());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].problem->workload, "primes");
  EXPECT_EQ(found[0].reference->backend, "serial");
  EXPECT_EQ(lines(found[0].rows), (Lines{"tbb 2: fastest 1 2.00 1.00", "fork 2: slower 2 1.50 0.75",
                                         "serial 1: slower 3 1.00 1.00", "mpi 2: too-few - 240. 120."}));
}

TEST(Contest, ACellThatCanBeComparedComesBeforeAFasterOneThatCannot) {
  std::vector<Sample> wrong = constant("tbb", 4, 1);
  wrong.front().status = Status::wrong;
  const std::vector<Cell> cells = gather_cells(constant("tbb", 2, 600) + wrong);
  EXPECT_EQ(lines(contests(cells, Rules()).front().rows), Lines{"tbb 2: fastest 1 - -"});
}

}  // namespace
}  // namespace runoff
