#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include "driven.h"

// The edges of each pattern against a second, naive reading of its definition (docs/graphs.md), edge by edge,
// in both directions.

namespace {

using runoff::testing::Given;

struct Size {
  int width, steps, radix;
};

std::unique_ptr<runoff::Workload> make(const std::string& pattern, Size size, int seed = 1) {
  const auto& plugin = runoff::testing::load("graph");
  return plugin.make(runoff::Parameters(plugin.parameters, {{"pattern", pattern},
                                                            {"width", std::to_string(size.width)},
                                                            {"steps", std::to_string(size.steps)},
                                                            {"radix", std::to_string(size.radix)},
                                                            {"seed", std::to_string(seed)}}));
}

const runoff::Dependent& graph_in(const std::unique_ptr<runoff::Workload>& workload) {
  return dynamic_cast<const runoff::Dependent&>(*workload);
}

/// Cells (i, j) of a grid by anti-diagonal, which is what a wavefront runs through: `width` cells along i at
/// most, as many diagonals as steps, and no side of the grid longer than it must be.
std::vector<std::vector<std::pair<int, int>>> diagonals(int width, int steps) {
  const int along = std::min(width, (steps + 1) / 2);
  const int across = steps - along + 1;
  std::vector<std::vector<std::pair<int, int>>> all(static_cast<std::size_t>(steps));
  for (int i = 0; i < along; ++i)
    for (int j = 0; j < across; ++j) all[static_cast<std::size_t>(i + j)].push_back({i, j});
  return all;
}

std::size_t naive_width(const std::string& pattern, Size size, std::size_t step) {
  if (pattern == "wavefront") return diagonals(size.width, size.steps)[step].size();
  if (pattern != "tree") return static_cast<std::size_t>(size.width);
  int points = 1;
  for (std::size_t i = 0; i < step && points < size.width; ++i) points *= 2;
  return static_cast<std::size_t>(std::min(points, size.width));
}

bool naive_need(const std::string& pattern, Size size, std::size_t step, int p, int q) {
  const int width = size.width, radix = size.radix;
  if (pattern == "trivial") return false;
  if (pattern == "no-comm") return p == q;
  if (pattern == "all-to-all") return true;
  if (pattern == "stencil") return p == q || p == q + 1 || q == p + 1;
  if (pattern == "tree") return p == 2 * q || p == 2 * q + 1;
  if (pattern == "nearest-k") {
    // p itself, then one before, one after, one more before …
    std::vector<int> nearest{p};
    for (int away = 1; static_cast<int>(nearest.size()) < radix; ++away) {
      nearest.push_back(p - away);
      nearest.push_back(p + away);
    }
    nearest.resize(static_cast<std::size_t>(radix));
    return std::find(nearest.begin(), nearest.end(), q) != nearest.end();
  }
  if (pattern == "spread-k") {
    int distance = q - p;
    while (distance < 0) distance += width;
    for (int i = 0; i < radix; ++i) {
      int there = static_cast<int>(std::floor(static_cast<double>(i) * width / radix + 1e-9));
      if (i > 0) there += static_cast<int>(step % 3);
      while (there >= width) there -= width;
      if (there == distance) return true;
    }
    return false;
  }
  if (pattern == "fft") {
    int stages = 0;
    for (int reach = 1; reach < width; reach *= 2) ++stages;
    int stride = 1;
    for (std::size_t i = 1; i < step; ++i) {
      stride *= 2;
      if (stride >= 1 << std::max(1, stages)) stride = 1;
    }
    return q == p || q == p - stride || q == p + stride;
  }
  if (pattern == "wavefront") {
    const auto all = diagonals(width, size.steps);
    const auto [i, j] = all[step][static_cast<std::size_t>(p)];
    const auto before = all[step - 1][static_cast<std::size_t>(q)];
    return before == std::pair(i - 1, j) || before == std::pair(i, j - 1);
  }
  throw std::logic_error("no such pattern: " + pattern);
}

/// The points of intervals, which are in order and do not touch.
std::set<int> points_of(std::span<const runoff::Interval> intervals) {
  std::set<int> points;
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    EXPECT_LE(intervals[i].first, intervals[i].last);
    if (i > 0) {
      EXPECT_GT(intervals[i].first, intervals[i - 1].last + 1);
    }
    for (std::uint32_t point = intervals[i].first; point <= intervals[i].last; ++point)
      points.insert(static_cast<int>(point));
  }
  return points;
}

using Edge = std::pair<int, int>;  // from the point of a step to the point of the next that needs it

std::set<Edge> edges_back(const runoff::Dependent& graph, std::size_t step) {
  std::set<Edge> edges;
  for (std::size_t point = 0; point < graph.width(step); ++point)
    for (const int need : points_of(graph.dependencies(step, point)))
      edges.insert({need, static_cast<int>(point)});
  return edges;
}

std::set<Edge> edges_forth(const runoff::Dependent& graph, std::size_t step) {
  std::set<Edge> edges;
  for (std::size_t point = 0; point < graph.width(step - 1); ++point)
    for (const int waiter : points_of(graph.dependents(step - 1, point)))
      edges.insert({static_cast<int>(point), waiter});
  return edges;
}

std::vector<Size> sizes() {
  std::vector<Size> all;
  for (const int width : {1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31})
    for (const int steps : {1, 2, 3, 4, 7, 12, 40})
      for (const int radix : std::set<int>{1, 2, 3, 4, 5, 8, (width + 1) / 2, width - 1, width})
        if (radix >= 1 && radix <= width) all.push_back({width, steps, radix});
  return all;
}

class Pattern : public ::testing::TestWithParam<std::string> {};

TEST_P(Pattern, HasTheEdgesOfItsDefinitionInBothDirections) {
  for (const Size size : sizes()) {
    SCOPED_TRACE(testing::Message() << "width " << size.width << " steps " << size.steps << " radix "
                                    << size.radix);
    const auto workload = make(GetParam(), size);
    const auto& graph = graph_in(workload);
    ASSERT_EQ(graph.steps(), static_cast<std::size_t>(size.steps));
    std::size_t tasks = 0;
    for (std::size_t step = 0; step < graph.steps(); ++step) {
      ASSERT_EQ(graph.width(step), naive_width(GetParam(), size, step)) << "step " << step;
      tasks += graph.width(step);
      if (step == 0) continue;
      std::set<Edge> expected;
      for (int p = 0; p < static_cast<int>(graph.width(step)); ++p)
        for (int q = 0; q < static_cast<int>(graph.width(step - 1)); ++q)
          if (naive_need(GetParam(), size, step, p, q)) expected.insert({q, p});
      ASSERT_EQ(edges_back(graph, step), expected) << "step " << step;
      ASSERT_EQ(edges_forth(graph, step), expected) << "step " << step;
    }
    ASSERT_EQ(graph.tasks(), tasks);
    for (std::size_t point = 0; point < graph.width(0); ++point)
      ASSERT_TRUE(graph.dependencies(0, point).empty());
    for (std::size_t point = 0; point < graph.width(graph.steps() - 1); ++point)
      ASSERT_TRUE(graph.dependents(graph.steps() - 1, point).empty());
  }
}

TEST_P(Pattern, GivesEachTaskASlotOfItsOwn) {
  for (const Size size : {Size{1, 1, 1}, Size{9, 3, 2}, Size{5, 40, 5}}) {
    const auto workload = make(GetParam(), size);
    const auto& graph = graph_in(workload);
    std::set<std::size_t> slots;
    for (std::size_t step = 0; step < graph.steps(); ++step)
      for (std::size_t point = 0; point < graph.width(step); ++point) {
        EXPECT_LT(graph.slot(step, point), graph.slots());
        slots.insert(graph.slot(step, point));
      }
    EXPECT_EQ(slots.size(), graph.tasks());
  }
}

INSTANTIATE_TEST_SUITE_P(, Pattern,
                         ::testing::Values("stencil", "trivial", "no-comm", "nearest-k", "spread-k", "fft",
                                           "tree", "all-to-all", "wavefront"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::erase(name, '-');
                           return name;
                         });

// What is drawn cannot be named beforehand; what it is drawn from can.
TEST(RandomPattern, TakesAQuarterOfTheNearestAndThePointItself) {
  std::size_t taken = 0, could = 0;
  for (const Size size : sizes()) {
    const auto workload = make("random", size);
    const auto& graph = graph_in(workload);
    for (std::size_t step = 1; step < graph.steps(); ++step) {
      const auto edges = edges_back(graph, step);
      ASSERT_EQ(edges, edges_forth(graph, step));
      for (int p = 0; p < size.width; ++p)
        for (int q = 0; q < size.width; ++q) {
          const bool is = edges.contains({q, p});
          if (p == q) {
            ASSERT_TRUE(is);
          } else if (!naive_need("nearest-k", size, step, p, q)) {
            ASSERT_FALSE(is);
          } else {
            ++could;
            taken += is;
          }
        }
    }
  }
  EXPECT_NEAR(static_cast<double>(taken) / static_cast<double>(could), 0.25, 0.01) << could;
}

TEST(RandomPattern, DiffersByStepAndBySeedOnly) {
  const Size size{31, 8, 31};
  const auto one = make("random", size), same = make("random", size), other = make("random", size, 2);
  EXPECT_EQ(edges_back(graph_in(one), 1), edges_back(graph_in(same), 1));
  EXPECT_NE(edges_back(graph_in(one), 1), edges_back(graph_in(other), 1));
  EXPECT_NE(edges_back(graph_in(one), 1), edges_back(graph_in(one), 2));
  EXPECT_EQ(edges_back(graph_in(one), 1), edges_back(graph_in(one), 4)) << "three sets take turns";
}

TEST(LargePattern, WithManyDependenciesIsWhatItIs) {
  const auto workload = make("all-to-all", {100'000, 2, 1});
  const auto& graph = graph_in(workload);
  ASSERT_EQ(graph.dependencies(1, 77'777).size(), 1u);
  EXPECT_EQ(graph.dependencies(1, 77'777)[0].first, 0u);
  EXPECT_EQ(graph.dependencies(1, 77'777)[0].last, 99'999u);
  const auto spread = make("spread-k", {3'000, 2, 1'500});
  EXPECT_EQ(points_of(graph_in(spread).dependencies(1, 2'999)).size(), 1'500u);
}

}  // namespace
