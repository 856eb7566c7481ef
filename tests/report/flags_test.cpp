#include "report/flags.h"

#include <gtest/gtest.h>

#include <cmath>

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

TEST(Flags, Stalls) {
  // Three backends on a machine where other programs hold up a tenth of all executions, and one that also
  // stalls by itself.
  std::vector<Sample> all;
  const auto add = [&all](const std::string& backend, double mean_above) {
    for (Sample& sample : constant(backend, 2, 1000)) {
      sample.typical_ns = 1000;
      sample.wall_ns = std::llround(1000 * (1 + mean_above));
      all.push_back(sample);
    }
  };
  add("a", 0.03);
  add("b", 0.04);
  add("c", 0.02);
  add("d", 0.5);
  const std::vector<Cell> cells = gather_cells(all);
  EXPECT_EQ(stalls(cells[0], cells), "");
  EXPECT_EQ(stalls(cells[3], cells), "their mean is 50 % above a typical one; usual here are 4 %");
  for (Sample& sample : all) sample.wall_ns = 1500;  // all of them
  const std::vector<Cell> busy = gather_cells(all);
  EXPECT_EQ(stalls(busy[3], busy), "");
}

TEST(Flags, IdleWorkers) {
  // However short: no more than 50 ns.
  std::vector<Sample> seen = constant("a", 4, 50);
  for (Sample& sample : seen) {
    sample.tasks = 100;
    sample.workers_shares = "1=1";
  }
  EXPECT_EQ(idle_workers(cell(seen)), "1 of 4 in all executions");
  EXPECT_EQ(late_workers(cell(seen)), "");
  seen[3].workers_shares = "1=0.4;3=0.6";
  EXPECT_EQ(idle_workers(cell(seen)), "1 of 4 in 90 % of executions, 3 in 10 %");
  seen[3].workers_shares = "1=0.97;4=0.03";  // they are there, but one is done before the others wake
  EXPECT_EQ(idle_workers(cell(seen)), "");
  EXPECT_EQ(late_workers(cell(seen)), "1 of 4 in 100 % of executions, 4 in under 1 %");
  for (Sample& sample : seen) sample.workers_shares = "1=0.25;3=0.25;4=0.5";
  EXPECT_EQ(late_workers(cell(seen)), "");
  for (Sample& sample : seen) {
    sample.workers_shares = "1=1";
    sample.tasks = 1;  // no more workers than tasks can work
  }
  EXPECT_EQ(idle_workers(cell(seen)), "");
  for (Sample& sample : seen) {
    sample.tasks = 100;
    sample.status = Status::wrong;  // what went wrong says nothing
  }
  EXPECT_EQ(idle_workers(cell(seen)), "");
  EXPECT_EQ(idle_workers(cell(constant("a", 4, 50))), "");  // not known
}

TEST(Flags, TooFast) {
  const auto flag = [](const std::vector<std::int64_t>& walls, const std::string& bound,
                       std::int64_t workers) {
    std::vector<Sample> all =
        samples("serial", 1, {1000, 1010, 990, 1005, 995, 1000}) + samples("a", workers, walls);
    for (Sample& sample : all) sample.bound = bound;
    const std::vector<Cell> cells = gather_cells(all);
    return too_fast(cells.back(), cells);
  };
  const std::vector<std::int64_t> three_times{333, 336, 330, 335, 331, 333};
  EXPECT_EQ(flag(three_times, "cpu", 2).substr(0, 25), "3.00 times as fast as ser");
  EXPECT_EQ(flag(three_times, "cpu", 3), "");                     // just as many as there are workers
  EXPECT_EQ(flag(three_times, "memory", 2), "");                  // two have two caches
  EXPECT_EQ(flag({333, 510, 333, 510, 333, 510}, "cpu", 2), "");  // not surely
}

TEST(Flags, Disturbed) {
  std::vector<Sample> seen = constant("a", 2, 100'000'000);
  for (Sample& sample : seen) sample.involuntary_switches = 30;  // 150 a second and worker
  EXPECT_EQ(disturbed(cell(seen), 2), "150 times a second");
  EXPECT_EQ(disturbed(cell(seen), 1), "");  // more workers than cores disturb each other
  EXPECT_EQ(disturbed(cell(seen), std::nullopt), "");
  // Where other programs hardly ran, it was the backend's own threads, which is told where it comes often.
  for (Sample& sample : seen) sample.observed_ns = 1'000'000'000, sample.other_cpu_ns = 20'000'000;
  EXPECT_EQ(disturbed(cell(seen), 2), "");
  EXPECT_EQ(disturbed(cell(seen), 2, false), "");
  for (Sample& sample : seen) sample.involuntary_switches = 600;
  EXPECT_EQ(disturbed(cell(seen), 2), "");
  EXPECT_EQ(disturbed(cell(seen), 2, false), "3000 times a second");
  for (Sample& sample : seen) sample.other_cpu_ns = 200'000'000;
  EXPECT_EQ(disturbed(cell(seen), 2), "3000 times a second");
  EXPECT_EQ(disturbed(cell(seen), 2, false), "");
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

/// Samples that were looked at for 100 ms each.
std::vector<Sample> observed(std::vector<Sample> samples, std::int64_t other_ns, const char* disturbed_by) {
  for (Sample& sample : samples) {
    sample.observed_ns = 100'000'000;
    sample.other_cpu_ns = other_ns;
    sample.disturbed_by = disturbed_by;
  }
  return samples;
}

std::vector<std::string> lines_of(const std::vector<Sample>& all) {
  return flags(gather_cells(all), Names(all), 2);
}

TEST(RunFlags, ABusyMachineIsOneLine) {
  std::vector<Sample> all;
  for (const char* backend : {"a", "b", "c", "d"}) {
    // Two modes, and workers that were put off their cores: all of it comes of the load.
    std::vector<Sample> busy = observed(samples(backend, 2, {20, 21, 40, 20, 41, 40}), 90'000'000, "others");
    for (Sample& sample : busy) sample.involuntary_switches = 1'000;
    all = all + busy;
  }
  EXPECT_EQ(lines_of(all),
            std::vector<std::string>{
                "Other programs used 0.90 cores meanwhile (24 of 24 samples are marked 'others'). Stop "
                "what else runs here, which 'runoff doctor' names, or give runoff cores of its own "
                "(taskset)."});
}

TEST(RunFlags, OddCellsThatNothingDisturbedAreStillTold) {
  const std::vector<Sample> all =
      observed(samples("a", 2, {20, 21, 40, 20, 41, 40}), 90'000'000, "others;quota") +
      observed(samples("b", 2, {20, 21, 40, 20, 41, 40}), 0, "");
  const auto lines = lines_of(all);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(lines[0].starts_with("Other programs used 0.45 cores meanwhile (6 of 12 samples"));
  EXPECT_TRUE(lines[1].starts_with("A quota stopped workers (6 of 12 samples"));
  EXPECT_TRUE(lines[2].starts_with("Times of two kinds: b with 2 workers on primes")) << lines[2];
}

TEST(RunFlags, AMarkNowAndThenIsNotWorthALine) {
  std::vector<Sample> all;
  for (const char* backend : {"a", "b", "c", "d"}) all = all + observed(constant(backend, 2, 20), 0, "");
  all.front().disturbed_by = "steal";  // 1 of 24
  EXPECT_TRUE(lines_of(all).empty());
  all[1].disturbed_by = "steal";
  ASSERT_EQ(lines_of(all).size(), 1U);
  EXPECT_TRUE(lines_of(all)[0].starts_with("The host took 0.00 cores away meanwhile (2 of 24 samples"));
}

TEST(RunFlags, ClocksThatChangeAndMachinesThatDrift) {
  std::vector<Sample> all = observed(samples("a", 2, {100, 103, 106, 109, 112, 115, 118, 121}), 0, "");
  ASSERT_EQ(lines_of(all).size(), 1U);
  EXPECT_TRUE(
      lines_of(all)[0].starts_with("The machine became slower from the first round to the last: everything "
                                   "took 21 % longer."))
      << lines_of(all)[0];
  all = observed(constant("a", 2, 100, 8), 0, "");
  for (std::size_t i = 0; i < all.size(); ++i) all[i].clock_khz = i < 4 ? 3'400'000 : 2'100'000;
  ASSERT_EQ(lines_of(all).size(), 1U);
  EXPECT_TRUE(lines_of(all)[0].starts_with("The processors' clock changed: 2.10 to 3.40 GHz"));
}

}  // namespace
}  // namespace runoff
