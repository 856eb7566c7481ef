#include "statistics/scaling.h"

#include <gtest/gtest.h>

#include "series.h"

namespace runoff {
namespace {

/// Samples of one backend with these numbers of workers, by the law, with noise of their own and a drift of
/// 10 % that all share.
std::vector<Sample> scaled(const Scalability& law, const std::vector<std::int64_t>& workers,
                           std::size_t rounds, double noise, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<std::vector<std::int64_t>> walls(workers.size());
  for (std::size_t round = 0; round < rounds; ++round) {
    const double drift = std::exp(0.1 * random.normal());
    for (std::size_t i = 0; i < workers.size(); ++i) {
      const double time = 1e9 / law.at(static_cast<double>(workers[i]));
      walls[i].push_back(static_cast<std::int64_t>(time * drift * std::exp(noise * random.normal())));
    }
  }
  std::vector<Sample> all;
  for (std::size_t i = 0; i < workers.size(); ++i) all = all + samples("tbb", workers[i], walls[i]);
  return all;
}

TEST(Scaling, FindsTheSerialFraction) {
  const std::vector<Cell> cells = gather_cells(scaled({100, 0.08, 0}, {1, 2, 4, 8, 16}, 15, 0.01, 7));
  const auto curves = scaling_curves(cells, 16, Rules());
  ASSERT_EQ(curves.size(), 1U);
  ASSERT_EQ(curves[0].points.size(), 5U);
  EXPECT_FALSE(curves[0].points[0].serial_fraction);
  for (std::size_t i = 1; i < 5; ++i) {
    ASSERT_TRUE(curves[0].points[i].serial_fraction);
    EXPECT_NEAR(curves[0].points[i].serial_fraction->value, 0.08, 0.02);
    EXPECT_LT(curves[0].points[i].serial_fraction->low, 0.08);
    EXPECT_GT(curves[0].points[i].serial_fraction->high, 0.08);
  }
  ASSERT_TRUE(curves[0].amdahl);
  EXPECT_NEAR(curves[0].amdahl->contention.value, 0.08, 0.01);
  ASSERT_TRUE(curves[0].universal);
}

// Of 100 curves with a known law, the intervals of as many as 95 % promise hold it. 6 rounds are the fewest.
TEST(Scaling, IntervalsHoldTheTruth) {
  int held_contention = 0, held_coherence = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto cells = gather_cells(scaled({100, 0.05, 0.004}, {1, 2, 3, 4, 6, 8, 12, 16}, 6, 0.02, seed));
    const auto curves = scaling_curves(cells, 16, Rules());
    const auto holds = [](const Estimate& one, double truth) {
      return one.low <= truth && truth <= one.high;
    };
    held_contention += holds(curves.at(0).universal->contention, 0.05);
    held_coherence += holds(curves.at(0).universal->coherence, 0.004);
  }
  EXPECT_GE(held_contention, 90);
  EXPECT_GE(held_coherence, 90);
}

TEST(Scaling, SaysFromWhereMoreWorkersDoNotPay) {
  std::vector<Sample> all;
  for (const auto& [workers, time] : std::vector<std::pair<std::int64_t, std::int64_t>>{
           {1, 4000}, {2, 2000}, {4, 1000}, {8, 990}, {16, 1500}})
    all = all +
          samples("tbb", workers, {time, time + 3, time - 2, time + 1, time - 4, time + 2, time, time + 5});
  const auto cells = gather_cells(all);
  const EnoughWorkers enough = scaling_curves(cells, 16, Rules()).at(0).enough;
  EXPECT_EQ(enough.value, 4);
  EXPECT_EQ(enough.low, 4);
  EXPECT_EQ(enough.high, 4);
}

TEST(Scaling, FitsNoMoreWorkersThanCoresUnlessTheyWait) {
  std::vector<Sample> all = scaled({100, 0.02, 0}, {1, 2, 4, 8, 16}, 6, 0.01, 3);
  const auto of_processors = gather_cells(all);
  EXPECT_FALSE(scaling_curves(of_processors, 2, Rules()).at(0).amdahl);
  EXPECT_TRUE(scaling_curves(of_processors, 4, Rules()).at(0).amdahl);
  for (Sample& sample : all) sample.bound = "io";
  const auto waiting = gather_cells(all);
  EXPECT_TRUE(scaling_curves(waiting, 2, Rules()).at(0).universal);
}

TEST(Scaling, LeavesOutWhatCannotBeCompared) {
  std::vector<Sample> all = scaled({100, 0.02, 0}, {1, 2, 4}, 6, 0.01, 3);
  all.back().status = Status::wrong;  // with 4 workers
  EXPECT_EQ(scaling_curves(gather_cells(all), 4, Rules()).at(0).points.size(), 2U);
  EXPECT_TRUE(scaling_curves(gather_cells(samples("tbb", 2, {1, 2, 3, 4, 5, 6})), 4, Rules()).empty());
}

}  // namespace
}  // namespace runoff
