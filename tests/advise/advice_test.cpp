#include "advise/advice.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "advise/by_latency.h"

namespace runoff {
namespace {

/// Six samples of "sums", which hardly differ, with so many tasks.
std::vector<Sample> taken(const std::string& tasks, const std::string& backend, std::int64_t wall) {
  std::vector<Sample> made;
  for (std::int64_t round = 0; round < 6; ++round) {
    Sample sample;
    sample.workload = "sums";
    sample.parameters = "tasks=" + tasks;
    sample.bound = "cpu";
    sample.shape = "independent";
    sample.backend = backend;
    sample.workers = 2;
    sample.sample = round;
    sample.wall_ns = wall + round % 2;
    sample.latency_p99_ns = 1'000'000'000 - wall;
    made.push_back(sample);
  }
  return made;
}

struct Measured {
  std::vector<Sample> samples;
  std::vector<Cell> cells;
  std::vector<Contest> all;

  void add(const std::string& tasks, const std::string& backend, std::int64_t wall) {
    for (Sample& one : taken(tasks, backend, wall)) samples.push_back(std::move(one));
  }
  const Contest& contest(const std::string& tasks) {
    if (cells.empty()) {
      cells = gather_cells(samples);
      all = contests(cells, {});
    }
    for (const Contest& one : all)
      if (one.problem->parameters == "tasks=" + tasks) return one;
    throw std::runtime_error("no contest");
  }
};

std::vector<Neighbour> two_neighbours() {
  auto all = neighbours(read_description({.tasks = "100", .task = "20us"}));
  std::erase_if(all, [](const Neighbour& one) { return one.word != "tasks"; });
  return all;
}

TEST(Advice, NamesTheWinner) {
  Measured measured;
  measured.add("100", "a", 1'000'000);
  measured.add("100", "b", 2'000'000);
  const Advice advice = advise(measured.contest("100"), {}, {});
  ASSERT_NE(advice.choice, nullptr);
  EXPECT_EQ(advice.choice->cell->backend, "a");
}

TEST(Advice, OfThoseThatTieItTakesTheOneThatHoldsAtTheNeighbours) {
  Measured measured;
  measured.add("100", "a", 1'000'000);
  measured.add("100", "b", 1'005'000);
  measured.add("50", "a", 900'000);
  measured.add("50", "b", 500'000);
  measured.add("200", "a", 2'000'000);
  measured.add("200", "b", 2'010'000);
  const auto beside = two_neighbours();
  const std::vector<const Contest*> found{&measured.contest("50"), &measured.contest("200")};
  const Advice advice = advise(measured.contest("100"), beside, found);
  ASSERT_NE(advice.choice, nullptr);
  // b is surely slower where the work is as described or more, but by half a percent, which is none: tied.
  EXPECT_EQ(advice.contest->rows[1].judgement.verdict, Verdict::tied);
  EXPECT_EQ(advice.choice->cell->backend, "b");
  EXPECT_EQ(advice.surely_behind(), 0u);
  EXPECT_EQ(advice.measured(), 2u);
  EXPECT_NE(sensitivity_sentence(advice, Names(measured.samples)).find("none of the 2 neighbours"),
            std::string::npos);
}

TEST(Advice, ItSaysWhereTheAnswerChanges) {
  Measured measured;
  measured.add("100", "a", 1'000'000);
  measured.add("100", "b", 2'000'000);
  measured.add("50", "a", 900'000);
  measured.add("50", "b", 400'000);
  const auto beside = two_neighbours();
  const std::vector<const Contest*> found{&measured.contest("50"), nullptr};
  const Advice advice = advise(measured.contest("100"), beside, found);
  ASSERT_EQ(advice.surely_behind(), 1u);
  EXPECT_NEAR(advice.neighbours.front().behind->value, 2.25, 0.01);
  const std::string sentence = sensitivity_sentence(advice, Names(measured.samples));
  EXPECT_NE(sentence.find("with --tasks 50 b is best, and a takes 2.25 × as long"), std::string::npos)
      << sentence;
  EXPECT_NE(sentence.find("No time was left for --tasks 200"), std::string::npos) << sentence;
}

TEST(Advice, ContendersAreThoseThatAreNotFarBehind) {
  Measured measured;
  measured.add("100", "a", 1'000'000);
  measured.add("100", "b", 1'400'000);
  measured.add("100", "c", 1'600'000);
  std::vector<std::string> names;
  for (const SummaryRow* row : contenders(measured.contest("100"))) names.push_back(row->cell->backend);
  EXPECT_EQ(names, (std::vector<std::string>{"a", "b"}));
}

TEST(Advice, ArrivalsAreComparedByTheTailOfTheirLatencies) {
  const std::vector<Cell> cells = by_latency(gather_cells(taken("100", "a", 1'000'000)));
  ASSERT_EQ(cells.size(), 1u);
  EXPECT_EQ(cells.front().wall.values, std::vector<double>(6, 999'000'000));
  EXPECT_TRUE(cells.front().comparable());
}

}  // namespace
}  // namespace runoff
