#include "statistics/weak_scaling.h"

#include <gtest/gtest.h>

#include "series.h"

namespace runoff {
namespace {

/// One backend with so many workers on a problem of this size; `walls` are of its rounds.
std::vector<Sample> grown(const std::string& backend, std::int64_t workers, const std::string& parameters,
                          double typical, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<std::int64_t> walls;
  for (int round = 0; round < 12; ++round)
    walls.push_back(static_cast<std::int64_t>(typical * std::exp(0.01 * random.normal())));
  auto made = samples(backend, workers, walls);
  for (Sample& sample : made) sample.parameters = parameters;
  return made;
}

/// n = 1000, 2000 and 4000 with 1, 2 and 4 workers. Serial needs n^1.5; a tenth of what workers do is lost
/// from 2 on.
std::vector<Sample> weak_run() {
  std::vector<Sample> all;
  std::uint64_t seed = 11;
  for (const std::int64_t workers : {1, 2, 4}) {
    const std::string parameters = "grain=7;n=" + std::to_string(1000 * workers);
    const double serial = 1e6 * std::pow(static_cast<double>(workers), 1.5);
    const double efficiency = workers == 1 ? 1 : 0.9;
    all = all + grown("serial", 1, parameters, serial, seed) +
          grown("tbb", workers, parameters, serial / (efficiency * static_cast<double>(workers)), seed + 1);
    seed += 2;
  }
  return all;
}

TEST(WeakScaling, IsTheSpeedUpOnTheLargerProblemByWorker) {
  const std::vector<Cell> cells = gather_cells(weak_run());
  const auto curves = weak_curves(cells);
  ASSERT_EQ(curves.size(), 1U);
  EXPECT_EQ(curves[0].parameter, "n");
  ASSERT_EQ(curves[0].points.size(), 3U);
  const double expected[] = {1, 0.9, 0.9};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& point = curves[0].points[i];
    EXPECT_EQ(point.cell->workers, std::int64_t{1} << i);
    ASSERT_TRUE(point.efficiency);
    EXPECT_NEAR(point.efficiency->value, expected[i], 0.015);
    EXPECT_LT(point.efficiency->low, expected[i]);
    EXPECT_GT(point.efficiency->high, expected[i]);
    EXPECT_NEAR(point.speedup->value, point.efficiency->value * static_cast<double>(point.cell->workers),
                1e-9);
  }
}

TEST(WeakScaling, WithoutTheReferenceThereIsNoFigure) {
  auto samples = weak_run();
  std::erase_if(samples, [](const Sample& one) { return one.backend == "serial"; });
  const std::vector<Cell> cells = gather_cells(samples);
  const auto curves = weak_curves(cells);
  ASSERT_EQ(curves.size(), 1U);
  for (const auto& point : curves[0].points) EXPECT_FALSE(point.efficiency);
}

TEST(WeakScaling, IsNoneWhereProblemsDoNotGrowAsWorkersDo) {
  // The same problem with more workers; one that grows more slowly; two parameters that grow; every n with
  // every number of workers.
  const std::vector<std::vector<std::pair<std::int64_t, std::string>>> others{
      {{1, "n=1000"}, {2, "n=1000"}},
      {{1, "n=1000"}, {2, "n=1500"}},
      {{1, "grain=7;n=1000"}, {2, "grain=14;n=2000"}},
      {{1, "n=1000"}, {1, "n=2000"}, {2, "n=1000"}, {2, "n=2000"}}};
  for (const auto& cells_of_one : others) {
    std::vector<Sample> all;
    for (const auto& [workers, parameters] : cells_of_one)
      all = all + grown("tbb", workers, parameters, 1e6, 3);
    const std::vector<Cell> cells = gather_cells(all);
    EXPECT_TRUE(weak_curves(cells).empty()) << cells_of_one.front().second;
  }
}

TEST(WeakScaling, SizesGrowInTheirUnits) {
  std::vector<Sample> all;
  for (const auto& [workers, size] : {std::pair{1, "512KiB"}, std::pair{2, "1MiB"}, std::pair{4, "2MiB"}})
    all = all + grown("tbb", workers, std::string("size=") + size, 1e6, 5);
  const std::vector<Cell> cells = gather_cells(all);
  ASSERT_EQ(weak_curves(cells).size(), 1U);
  EXPECT_EQ(weak_curves(cells)[0].parameter, "size");
}

}  // namespace
}  // namespace runoff
