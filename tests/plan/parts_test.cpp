#include "plan/parts.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

PlannedCell cell(const std::string& workload, const std::string& bound, const std::string& backend,
                 unsigned workers, const std::string& parameters = "") {
  const std::string swept = parameters.empty() ? "" : "/" + parameters;
  return {workload, parameters,
          bound,    "independent",
          backend,  "",
          workers,  workload + swept + "/" + backend + "/workers:" + std::to_string(workers)};
}

std::vector<unsigned> parts_of(std::vector<PlannedCell> cells, unsigned cores) {
  number_parts(cells, cores);
  std::vector<unsigned> parts;
  for (const PlannedCell& one : cells) parts.push_back(one.part);
  return parts;
}

using Parts = std::vector<unsigned>;

TEST(Parts, TheMainPartHasEveryBackendWithAsManyWorkersAsCores) {
  EXPECT_EQ(parts_of({cell("primes", "cpu", "serial", 1), cell("primes", "cpu", "tbb", 1),
                      cell("primes", "cpu", "tbb", 2), cell("primes", "cpu", "fork", 1),
                      cell("primes", "cpu", "fork", 2)},
                     2),
            (Parts{0, 1, 0, 1, 0}));
}

TEST(Parts, WithoutThatNumberOfWorkersTheMostCount) {
  EXPECT_EQ(parts_of({cell("sleep", "io", "serial", 1), cell("sleep", "io", "loop", 1),
                      cell("sleep", "io", "tbb", 26), cell("sleep", "io", "tbb", 100)},
                     2),
            (Parts{0, 0, 1, 0}));
}

TEST(Parts, FirstEachBoundThenEachWorkloadThenTheRestThenOtherWorkers) {
  EXPECT_EQ(parts_of({cell("primes", "cpu", "tbb", 1, "n:5"), cell("primes", "cpu", "tbb", 2, "n:5"),
                      cell("primes", "cpu", "tbb", 2, "n:6"), cell("letters", "cpu", "tbb", 2),
                      cell("stream", "memory", "tbb", 2), cell("stream", "memory", "tbb", 4)},
                     2),
            (Parts{4, 0, 3, 2, 1, 5}));
}

TEST(Parts, OtherNumbersOfWorkersGoByTheirDistanceFromTheCores) {
  EXPECT_EQ(parts_of({cell("primes", "cpu", "tbb", 1), cell("primes", "cpu", "tbb", 2),
                      cell("primes", "cpu", "tbb", 4), cell("primes", "cpu", "tbb", 8),
                      cell("primes", "cpu", "tbb", 16)},
                     4),
            (Parts{3, 1, 0, 2, 4}));
}

TEST(Parts, AreNamedShortly) {
  std::vector<PlannedCell> cells;
  for (const std::string workload : {"a", "b", "c", "d", "e", "f"})
    for (const unsigned workers : {1U, 2U}) cells.push_back(cell(workload, "cpu", "tbb", workers));
  number_parts(cells, 2);
  EXPECT_EQ(name_parts(cells, Parts{6}), "a with 1 worker");
  EXPECT_EQ(name_parts(cells, Parts{1, 2}), "b and c");
  EXPECT_EQ(name_parts(cells, Parts{5, 6, 7, 8}), "f; a, b and c with 1 worker");
  EXPECT_EQ(name_parts(cells, Parts{6, 7, 8, 9, 10, 11}), "a, b, c, d and 2 more with 1 worker");
  std::vector<PlannedCell> swept{cell("primes", "cpu", "tbb", 2, "n:5"),
                                 cell("primes", "cpu", "tbb", 2, "n:6")};
  number_parts(swept, 2);
  EXPECT_EQ(name_parts(swept, Parts{1}), "primes/n:6");
}

}  // namespace
}  // namespace runoff
