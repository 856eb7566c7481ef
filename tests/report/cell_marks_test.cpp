#include "report/cell_marks.h"

#include "folder.h"

namespace runoff {
namespace {

/// "tbb 2: title (seen). advice", in the order of the marks.
std::vector<std::string> marks_of(LoadedRun run) {
  const Names names(run.samples);
  const Findings findings(run, names);
  std::vector<std::string> lines;
  for (const CellMark& mark : cell_marks(run, findings, names))
    for (const Oddity::Seen& one : mark.seen)
      lines.push_back(one.cell->backend + " " + std::to_string(one.cell->workers) + ": " + mark.title + " (" +
                      one.text + "). " + mark.advice);
  return lines;
}

LoadedRun run_of(std::vector<Sample> samples) {
  LoadedRun run;
  run.samples = std::move(samples);
  return run;
}

TEST(CellMarks, OneThatIsWellHasNone) { EXPECT_TRUE(marks_of(run_of(constant("tbb", 2, 30))).empty()); }

TEST(CellMarks, WhyACellIsKeptOutAndInWhichRounds) {
  auto lost = constant("mpi", 2, 30);
  for (const std::size_t i : {1U, 4U}) lost[i].status = Status::crashed;
  const auto lines = marks_of(run_of(constant("tbb", 2, 30) + lost));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_TRUE(lines[0].starts_with("mpi 2: It crashed (2 of 6 samples, rounds 1, 4). Run the command"))
      << lines[0];
}

TEST(CellMarks, ADisturbedSampleIsToldOfItsCellHoweverFewThereAre) {
  std::vector<Sample> all;
  for (const char* backend : {"a", "b", "c", "d", "e"}) all = all + constant(backend, 2, 20);
  all[2].disturbed_by = "others;quota";
  const auto lines = marks_of(run_of(all));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].starts_with("a 2: Other programs used the cores (1 of 6 samples, round 2). Stop"))
      << lines[0];
  EXPECT_TRUE(lines[1].starts_with("a 2: A quota stopped workers (1 of 6 samples, round 2). Take"))
      << lines[1];
}

TEST(CellMarks, OfADisturbedCellOddTimesAreNoMarkOfTheirOwn) {
  auto two = samples("a", 2, {20, 21, 40, 20, 41, 40});
  EXPECT_EQ(marks_of(run_of(two)).size(), 1U);
  EXPECT_TRUE(marks_of(run_of(two))[0].starts_with("a 2: Times of two kinds (20 ns and 40 ns)."));
  two[2].disturbed_by = "steal";
  ASSERT_EQ(marks_of(run_of(two)).size(), 1U);
  EXPECT_TRUE(marks_of(run_of(two))[0].starts_with("a 2: The host took cores away"));
}

TEST(CellMarks, WhatWasLeftOutSaysHowToHaveIt) {
  LoadedRun run = run_of(constant("tbb", 2, 30) + constant("fork", 2, 30, 1));
  run.left_out = {{"left out: fork; to have all: runoff run --budget 5min", {"primes/fork/workers:2"}}};
  EXPECT_EQ(marks_of(run),
            std::vector<std::string>{
                "fork 2: It is compared with nothing (the only sample). left out: fork; to have all: "
                "runoff run --budget 5min"});
}

}  // namespace
}  // namespace runoff
