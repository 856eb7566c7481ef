#include "advise/likeness.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace runoff {
namespace {

bool has(const Selection& selection, const std::string& setting) {
  return std::find(selection.set.begin(), selection.set.end(), setting) != selection.set.end();
}

TEST(Likeness, EachShapeHasItsWorkload) {
  EXPECT_EQ(likeness_of(read_description({.task = "1us"})), "like");
  EXPECT_EQ(likeness_of(read_description({.task = "1us", .wait = "10%"})), "like-waiting");
  EXPECT_EQ(likeness_of(read_description({.task = "1us", .arrive = "50/s"})), "like-waiting");
  EXPECT_EQ(likeness_of(read_description({.task = "1us", .wait = "10%", .depends = "stencil"})),
            "like-graph");
  EXPECT_EQ(likeness_of(read_description({.task = "1us", .depends = "tree"})), "like-tree");
}

TEST(Likeness, TheDescriptionBecomesParameters) {
  const Selection selection =
      selection_of(read_description({.tasks = "7", .task = "20us", .spread = "2", .payload = "1KiB"}),
                   {.steps_per_ms = 700'000.4, .beside_ns = 12.6}, {"tbb"}, {"cores"});
  EXPECT_EQ(selection.workloads, std::vector<std::string>{"like"});
  for (const char* setting : {"like.tasks=7", "like.task=20000ns", "like.spread=200", "like.payload=1024B",
                              "like.steps-per-ms=700000", "like.beside=13ns", "like.memory=0B"})
    EXPECT_TRUE(has(selection, setting)) << setting;
}

TEST(Likeness, ACoreThatIsTwiceAsFastDoesTwiceTheStepsInTheSameTime) {
  EXPECT_NEAR(steps_per_ms(20e6), 700'000, 1) << "as supposed: 1000 tasks of 20 us";
  EXPECT_NEAR(steps_per_ms(10e6), 1'400'000, 1);
  EXPECT_DOUBLE_EQ(beside_ns(read_description({.tasks = "100", .task = "1us"}), 2500), 25);
}

TEST(Likeness, TasksAreStretchedByWhatTheyDoBesideTheirSteps) {
  const Description description = read_description({.task = "100us", .wait = "50%"});
  EXPECT_DOUBLE_EQ(stretched(description, {1, 20'000}), 1);
  EXPECT_DOUBLE_EQ(stretched(description, {1, 50'000}), 1);
  EXPECT_DOUBLE_EQ(stretched(description, {1, 150'000}), 2);
}

}  // namespace
}  // namespace runoff
