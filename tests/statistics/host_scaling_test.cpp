#include "statistics/host_scaling.h"

#include <gtest/gtest.h>

#include "series.h"

namespace runoff {
namespace {

const std::vector<WorkersOnHosts> places{{"mpi", 4, {{"a", 4}}},
                                         {"mpi", 8, {{"a", 8}}},
                                         {"mpi", 16, {{"a", 8}, {"b", 8}}},
                                         {"mpi", 32, {{"a", 8}, {"b", 8}, {"c", 8}, {"d", 8}}}};

/// Twelve rounds of nearly this time.
std::vector<Sample> around(const std::string& backend, std::int64_t workers, double typical) {
  RandomStream random(static_cast<std::uint64_t>(workers));
  std::vector<std::int64_t> walls;
  for (int round = 0; round < 12; ++round)
    walls.push_back(static_cast<std::int64_t>(typical * std::exp(0.01 * random.normal())));
  return samples(backend, workers, walls);
}

/// 1/n of 80 ms, and 20 % longer on two hosts, 50 % on four.
std::vector<Sample> strong_run() {
  return around("mpi", 4, 20e6) + around("mpi", 8, 10e6) + around("mpi", 16, 6e6) +
         around("mpi", 32, 3.75e6) + around("fork", 4, 20e6) + around("fork", 8, 10e6);
}

TEST(HostScaling, IsAgainstTheMostWorkersOnOneHost) {
  const std::vector<Cell> cells = gather_cells(strong_run());
  const auto curves = host_curves(cells, {}, places);
  ASSERT_EQ(curves.size(), 1U);  // fork is on one host whatever its workers
  const HostCurve& curve = curves[0];
  ASSERT_EQ(curve.points.size(), 4U);
  EXPECT_EQ(curve.one_host, 2U);
  EXPECT_FALSE(curve.points[0].gain);
  EXPECT_FALSE(curve.points[1].gain);
  const double gain[] = {10 / 6.0, 10 / 3.75}, efficiency[] = {10 / 6.0 / 2, 10 / 3.75 / 4};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& point = curve.points[2 + i];
    ASSERT_TRUE(point.gain && point.efficiency);
    EXPECT_NEAR(point.gain->value, gain[i], 0.02 * gain[i]);
    EXPECT_LT(point.gain->low, gain[i]);
    EXPECT_GT(point.gain->high, gain[i]);
    EXPECT_NEAR(point.efficiency->value, efficiency[i], 0.02);
    EXPECT_FALSE(point.added_ns);  // work of processors is not the network's
  }
}

TEST(HostScaling, TasksOfTheRuntimeShowWhatTheNetworkAdds) {
  auto all = around("mpi", 8, 1e6) + around("mpi", 16, 5e6);
  for (Sample& sample : all) {
    sample.bound = "runtime";
    sample.tasks = 100;
  }
  const std::vector<Cell> cells = gather_cells(all);
  const auto curves = host_curves(cells, {}, places);
  ASSERT_EQ(curves.size(), 1U);
  const auto& added = curves[0].points[1].added_ns;
  ASSERT_TRUE(added);
  EXPECT_NEAR(added->value, 40'000, 1'000);  // (5 ms - 1 ms) / 100
  EXPECT_LT(added->low, 40'000);
  EXPECT_GT(added->high, 40'000);
}

TEST(HostScaling, WorkThatGrowsIsMoreInTheSameTime) {
  std::vector<Sample> all;
  for (const std::int64_t workers : {4, 8, 16, 32}) {
    auto some = around("mpi", workers, workers <= 8 ? 10e6 : 12.5e6);
    for (Sample& sample : some) sample.parameters = "n=" + std::to_string(1000 * workers);
    all = all + some;
  }
  const std::vector<Cell> cells = gather_cells(all);
  const auto weak = weak_curves(cells);
  const auto curves = host_curves(cells, weak, places);
  ASSERT_EQ(curves.size(), 1U);
  EXPECT_EQ(curves[0].grows, "n");
  EXPECT_EQ(curves[0].one_host, 2U);
  EXPECT_NEAR(curves[0].points[2].efficiency->value, 0.8, 0.02);
  EXPECT_NEAR(curves[0].points[3].gain->value, 3.2, 0.06);
}

TEST(HostScaling, WithoutAStepThereIsNoCurve) {
  const std::vector<Cell> cells = gather_cells(strong_run());
  EXPECT_TRUE(host_curves(cells, {}, {}).empty());
  EXPECT_TRUE(
      host_curves(cells, {}, std::vector<WorkersOnHosts>(places.begin(), places.begin() + 2)).empty());
  EXPECT_TRUE(host_curves(cells, {}, std::vector<WorkersOnHosts>(places.begin() + 2, places.end())).empty());
}

}  // namespace
}  // namespace runoff
