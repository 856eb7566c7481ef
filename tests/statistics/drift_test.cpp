#include "statistics/drift.h"

#include <gtest/gtest.h>

#include "series.h"

namespace runoff {
namespace {

/// Cells of very different times, which all take longer by the same share from round to round.
std::vector<Cell> run(std::size_t cells, std::size_t rounds, double drift, double noise, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<Sample> all;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    std::vector<std::int64_t> walls;
    for (std::size_t round = 0; round < rounds; ++round) {
      const double gone = static_cast<double>(round) / static_cast<double>(rounds - 1);
      walls.push_back(static_cast<std::int64_t>(1e6 * std::pow(10.0, static_cast<double>(cell % 4)) *
                                                (1 + drift * gone) * std::exp(noise * normal(random))));
    }
    all = all + samples("b" + std::to_string(cell), 2, walls);
  }
  return gather_cells(all);
}

TEST(Drift, FindsHowMuchAndWhichWay) {
  for (const double drift : {0.1, 0.3, -0.2}) {
    const auto found = find_drift(run(10, 8, drift, 0.02, 7));
    ASSERT_TRUE(found) << drift;
    EXPECT_NEAR(found->change, drift, 0.04);
    EXPECT_EQ(found->rounds, 8U);
  }
}

TEST(Drift, FindsNoneInNoiseOrInOneSlowRound) {
  int alarms = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    alarms += find_drift(run(10, 6, 0, 0.1, seed)) ? 1 : 0;
    alarms += find_drift(run(1, 12, 0, 0.1, seed)) ? 1 : 0;
  }
  EXPECT_LE(alarms, 20);  // of 400
  std::vector<Sample> all;
  for (const char* name : {"a", "b", "c"})
    all = all + samples(name, 2, {300, 100, 101, 99, 100, 102, 100, 98});
  EXPECT_FALSE(find_drift(gather_cells(all)));
}

TEST(Drift, ThousandsOfRoundsAreNoneTooMany) {
  const auto found = find_drift(run(2, 6001, 0.2, 0.05, 3));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->change, 0.2, 0.02);
  EXPECT_EQ(found->rounds, 6001U);
  EXPECT_FALSE(find_drift(run(2, 6001, 0, 0.05, 3)));
}

TEST(Drift, NeedsSixRounds) {
  EXPECT_TRUE(find_drift(run(5, 6, 0.5, 0, 1)));
  EXPECT_FALSE(find_drift(run(5, 5, 0.5, 0, 1)));
  EXPECT_FALSE(find_drift({}));
}

}  // namespace
}  // namespace runoff
