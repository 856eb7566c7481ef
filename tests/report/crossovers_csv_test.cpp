#include "report/crossovers_csv.h"

#include "folder.h"
#include "report/crossover_text.h"

namespace runoff {
namespace {

std::vector<Sample> with_parameters(const std::string& parameters, std::vector<Sample> samples) {
  for (Sample& sample : samples) sample.parameters = parameters;
  return samples;
}

std::string crossovers_of(const std::vector<Sample>& samples) {
  const auto cells = gather_cells(samples);
  const auto sweeps = parameter_sweeps(cells, Rules());
  const auto maps = crossovers(sweeps);
  return maps.empty() ? "" : crossovers_csv(maps, Names(samples));
}

std::vector<Sample> four_points() {
  return with_parameters("d=1ms;k=x;size=1KiB", constant("tbb", 2, 50) + constant("fork", 4, 60)) +
         with_parameters("d=10ms;k=x;size=1KiB", constant("tbb", 2, 90) + constant("fork", 4, 70)) +
         with_parameters("d=1ms;k=x;size=64KiB", constant("tbb", 2, 80, 2) + constant("fork", 4, 60, 3)) +
         with_parameters("d=10ms;k=x;size=64KiB", constant("tbb", 2, 1000) + constant("fork", 4, 1001));
}

TEST(CrossoversCsv, APointForEachPairOfValuesAndOneMapOfEachTwo) {
  EXPECT_EQ(
      crossovers_of(four_points()),
      "workload,parameters,across,across_value,across_number,up,up_value,up_number,backend,variant,"
      "workers,n,median_ns,verdict,settled,label,open,map\r\n"
      "primes,k=x,d,1ms,1000000,size,1KiB,1024,tbb,,2,6,50,fastest,yes,tbb,,primes by d and size\r\n"
      "primes,k=x,d,10ms,10000000,size,1KiB,1024,fork,,4,6,70,fastest,yes,fork,,primes by d and size\r\n"
      "primes,k=x,d,1ms,1000000,size,64KiB,65536,fork,,4,3,60,too-few,no,fork,,primes by d and size\r\n"
      "primes,k=x,d,10ms,10000000,size,64KiB,65536,tbb,,2,6,1000,fastest,yes,tbb,fork,primes by d and "
      "size\r\n");
}

TEST(CrossoversCsv, OneSweepIsNoMap) {
  EXPECT_EQ(
      crossovers_of(with_parameters("d=1ms;size=1KiB", constant("tbb", 2, 50) + constant("fork", 4, 60)) +
                    with_parameters("d=2ms;size=1KiB", constant("tbb", 2, 50) + constant("fork", 4, 60))),
      "");
}

TEST(CrossoverText, AGridThatFitsThePageAndASentence) {
  const auto samples = four_points();
  const auto cells = gather_cells(samples);
  const auto sweeps = parameter_sweeps(cells, Rules());
  const auto maps = crossovers(sweeps);
  ASSERT_EQ(maps.size(), 1U);
  EXPECT_EQ(crossover_text(maps[0], Names(samples), {}),
            "primes by d and size: the best at each point; ? not settled; +2: two more tie or are not surely "
            "slower\n"
            "  size \\ d  1ms         10ms\n"
            "      1KiB  tbb         fork\n"
            "     64KiB  no verdict  tbb +1\n");
  EXPECT_EQ(crossover_sentence(maps[0], Names(samples)),
            "tbb is surely the fastest at 2 of 4 points, fork at 1; 1 is not settled.");
}

TEST(CrossoverText, WhereTheGridDoesNotFitALineSaysWhereItIs) {
  const std::string longer = "a-backend-whose-name-is-long";
  const auto samples = with_parameters("d=1ms;size=1KiB", constant("tbb", 2, 50) + constant(longer, 4, 60)) +
                       with_parameters("d=2ms;size=1KiB", constant("tbb", 2, 90) + constant(longer, 4, 70)) +
                       with_parameters("d=1ms;size=2KiB", constant("tbb", 2, 80) + constant(longer, 4, 60)) +
                       with_parameters("d=2ms;size=2KiB", constant("tbb", 2, 80) + constant(longer, 4, 60));
  const auto cells = gather_cells(samples);
  const auto sweeps = parameter_sweeps(cells, Rules());
  const auto maps = crossovers(sweeps);
  Page page;
  EXPECT_NE(crossover_text(maps[0], Names(samples), page).find("  size \\ d"), std::string::npos);
  page.terminal = 50;
  EXPECT_EQ(crossover_text(maps[0], Names(samples), page).find("  size \\ d"), std::string::npos);
}

TEST(Crossovers, AMapSpeaksForTheSweepsThatAreItsRowsAndColumns) {
  const auto samples =
      four_points() +
      with_parameters("d=1ms;k=y;size=1KiB", constant("tbb", 2, 50) + constant("fork", 4, 60)) +
      with_parameters("d=9ms;k=y;size=1KiB", constant("tbb", 2, 50) + constant("fork", 4, 60));
  const auto cells = gather_cells(samples);
  const auto sweeps = parameter_sweeps(cells, Rules());
  const auto maps = crossovers(sweeps);
  ASSERT_EQ(maps.size(), 1U);
  std::map<std::string, bool> covered;
  for (const Sweep& sweep : sweeps) covered[sweep.axis + " at " + sweep.others] = covers(maps[0], sweep);
  EXPECT_EQ(covered, (std::map<std::string, bool>{{"d at k=x;size=1KiB", true},
                                                  {"d at k=x;size=64KiB", true},
                                                  {"d at k=y;size=1KiB", false},
                                                  {"size at d=10ms;k=x", true},
                                                  {"size at d=1ms;k=x", true}}));
}

}  // namespace
}  // namespace runoff
