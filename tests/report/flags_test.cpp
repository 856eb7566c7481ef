#include "report/flags.h"

#include <gtest/gtest.h>

#include "folder.h"

namespace runoff {
namespace {

Cell cell(const std::vector<Sample>& samples) { return gather_cells(samples).front(); }

TEST(Flags, TwoModes) {
  EXPECT_EQ(two_modes(cell(samples("a", 2, {20, 21, 40, 20, 41, 40}))), "20 ns and 40 ns");
  EXPECT_EQ(two_modes(cell(samples("a", 2, {20, 21, 22, 23, 24, 25}))), "");  // spread, no gap
  EXPECT_EQ(two_modes(cell(samples("a", 2, {20, 20, 20, 20, 20, 40}))), "");  // one outlier is no mode
  EXPECT_EQ(two_modes(cell(samples("a", 2, {1000, 1001, 1050, 1000, 1051, 1050}))), "");  // 5 % apart
  EXPECT_EQ(two_modes(cell(samples("a", 2, {20, 40, 20, 40, 20}))), "");                  // too few to tell
  EXPECT_EQ(two_modes(cell(samples("a", 2, {20, 20, 20, 20, 20, 20}))), "");
}

TEST(Flags, SlowFirst) {
  EXPECT_EQ(slow_first(cell(samples("a", 2, {40, 20, 21, 20, 22, 20}))), "40 ns, then 20 ns");
  EXPECT_EQ(slow_first(cell(samples("a", 2, {20, 40, 20, 20, 20, 20}))), "");  // another one is slow
  EXPECT_EQ(slow_first(cell(samples("a", 2, {22, 20, 20, 20, 20, 20}))), "");  // 10 %
  EXPECT_EQ(slow_first(cell(samples("a", 2, {50, 20, 40, 25, 38, 31}))),
            "");  // within the others' spread beyond them
}

TEST(Flags, FewSamples) {
  EXPECT_EQ(few_samples(cell(constant("a", 2, 1, 5))), "5");
  EXPECT_EQ(few_samples(cell(constant("a", 2, 1, 6))), "");
}

TEST(Flags, IdleWorkers) {
  std::vector<Sample> seen = constant("a", 4, 20'000'000);
  for (Sample& sample : seen) {
    sample.tasks = 100;
    sample.workers_seen = 4;
  }
  EXPECT_EQ(idle_workers(cell(seen)), "");
  seen[3].workers_seen = 1;
  EXPECT_EQ(idle_workers(cell(seen)), "1 of 4");
  seen[3].tasks = 1;  // no more workers than tasks can work
  EXPECT_EQ(idle_workers(cell(seen)), "");
  seen[3].tasks = 100;
  seen[3].wall_ns = 10'000'000;  // so short that one worker may be done before another wakes
  EXPECT_EQ(idle_workers(cell(seen)), "");
}

TEST(Flags, Disturbed) {
  std::vector<Sample> seen = constant("a", 2, 100'000'000);
  for (Sample& sample : seen) sample.involuntary_switches = 30;  // 150 a second and worker
  EXPECT_EQ(disturbed(cell(seen), 2), "150 times a second");
  EXPECT_EQ(disturbed(cell(seen), 1), "");  // more workers than cores disturb each other
  EXPECT_EQ(disturbed(cell(seen), std::nullopt), "");
  for (Sample& sample : seen) sample.involuntary_switches = 20;
  EXPECT_EQ(disturbed(cell(seen), 2), "");
}

TEST(Flags, OneLineAKindThatSaysWhereAndWhatToDo) {
  const std::vector<Sample> all = constant("a", 1, 1, 2) + constant("b", 2, 1, 3) + constant("c", 2, 1, 4);
  EXPECT_EQ(flags(gather_cells(all), Names(all), 2),
            std::vector<std::string>{
                "Too few samples for a verdict: a with 1 worker on primes (2); b with 2 workers on "
                "primes (3); and 1 more. Take 6 or more: --samples 6."});
  const std::vector<Sample> well = constant("a", 1, 1);
  EXPECT_TRUE(flags(gather_cells(well), Names(well), 2).empty());
}

}  // namespace
}  // namespace runoff
