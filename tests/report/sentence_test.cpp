#include "report/sentence.h"

#include <gtest/gtest.h>

#include "folder.h"

namespace runoff {
namespace {

std::string sentence(const std::vector<Sample>& samples) {
  const std::vector<Cell> cells = gather_cells(samples);
  return verdict_sentence(contests(cells, Rules()).front(), Names(samples), usual_precision);
}

const std::vector<Sample> serial = constant("serial", 1, 38'200'000);

TEST(Sentence, AWinnerAndTheNext) {
  EXPECT_EQ(sentence(serial + constant("tbb", 2, 20'000'000) + constant("fork", 2, 22'000'000)),
            "tbb wins: 20.0 ms with 2 workers, 1.91 × as fast as serial (95 % sure: 1.91 to 1.91 ×); the "
            "next, fork, "
            "takes 10 % longer (95 % sure: 10 to 10 %).");
}

TEST(Sentence, TiesAreNamedAsTies) {
  EXPECT_EQ(
      sentence(serial + constant("tbb", 2, 20'000'000) + constant("openmp", 2, 20'200'000) +
               constant("fork", 4, 20'100'000)),
      "tbb wins: 20.0 ms with 2 workers, 1.91 × as fast as serial (95 % sure: 1.91 to 1.91 ×); fork and "
      "openmp are less than 3 % behind.");
  const std::vector<std::int64_t> up{200'000, 200'100, 200'000, 200'100, 200'000, 200'100},
      down{200'100, 200'000, 200'100, 200'000, 200'100, 200'000};
  EXPECT_EQ(
      sentence(samples("a", 2, up) + samples("b", 2, down) + constant("mpi", 2, 400'400)),
      "a and b tie, less than 3 % apart: 200 µs with 2 workers; the next, mpi, takes 2.00 × as long (95 % "
      "sure: 2.00 to 2.00 ×).");
}

TEST(Sentence, ManyAreCounted) {
  std::vector<Sample> all = serial;
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) all = all + constant(name, 2, 20'000'000);
  EXPECT_EQ(
      sentence(all),
      "a, b, c and 3 others tie, less than 3 % apart: 20.0 ms with 2 workers, 1.91 × as fast as serial (95 % "
      "sure: 1.91 to 1.91 ×).");
}

TEST(Sentence, WhatCannotBeSaidIsSaid) {
  EXPECT_EQ(sentence(samples("tbb", 2, {100, 100, 100, 100, 100, 100}) +
                     samples("fork", 2, {90, 120, 95, 125, 99, 131}) + constant("mpi", 2, 300)),
            "tbb leads, but is not sure to win: 100 ns with 2 workers; 6 samples cannot say whether fork is "
            "slower; the first that "
            "is surely "
            "slower, mpi, takes 3.00 × as long (95 % sure: 3.00 to 3.33 ×).");
}

TEST(Sentence, SerialMayWin) {
  EXPECT_EQ(
      sentence(serial + constant("mpi", 2, 76'400'000)),
      "serial wins: 38.2 ms with 1 worker; the next, mpi, takes 2.00 × as long (95 % sure: 2.00 to 2.00 ×).");
}

TEST(Sentence, OneAloneWinsNothing) {
  EXPECT_EQ(sentence(constant("tbb", 2, 20'000'000)), "Only tbb was measured: 20.0 ms with 2 workers.");
}

TEST(Sentence, OnlyOneCanBeJudged) {
  EXPECT_EQ(sentence(serial + constant("tbb", 2, 9, 3)), "Only serial can be judged: 38.2 ms with 1 worker.");
}

TEST(Sentence, NoVerdict) {
  EXPECT_EQ(sentence(constant("tbb", 2, 9, 1)), "No verdict with 1 sample: it takes 6 (--samples 6).");
  std::vector<Sample> bad = constant("tbb", 2, 9);
  bad[2].status = Status::wrong;
  EXPECT_EQ(sentence(bad), "No verdict: no backend was right in all of its samples.");
}

}  // namespace
}  // namespace runoff
