#include "run/companies.h"

#include <gtest/gtest.h>

#include <numeric>

namespace runoff {
namespace {

using Companies = std::vector<std::vector<std::size_t>>;

/// Of cells 0, 1, … that need so much memory each, 0 for one of which nothing is known, and a process.
Companies cut(const std::vector<std::int64_t>& memory, Provisions there) {
  std::vector<Provisions> needs;
  for (const std::int64_t bytes : memory) needs.push_back({bytes, 1});
  std::vector<std::size_t> cells(memory.size());
  std::iota(cells.begin(), cells.end(), std::size_t{0});
  return companies(
      cells, [&](std::size_t cell) { return memory[cell] > 0 ? &needs[cell] : nullptr; }, there);
}

TEST(CompaniesTest, AsManyNeighboursAsFitLiveTogether) {
  EXPECT_EQ(cut({30, 30, 30, 30}, {100, 50, 1000}), (Companies{{0, 1, 2}, {3}}));
  EXPECT_EQ(cut({30, 80, 20, 20}, {100, 50, 1000}), (Companies{{0}, {1, 2}, {3}}));
  EXPECT_EQ(cut({1, 1, 1, 1, 1}, {100, 2, 1000}), (Companies{{0, 1}, {2, 3}, {4}}));
  EXPECT_EQ(cut({}, {100, 50, 1000}), Companies{});
}

TEST(CompaniesTest, WhatNeedsMoreThanThereIsOrIsNotKnownIsAlone) {
  EXPECT_EQ(cut({30, 101, 30}, {100, 50, 1000}), (Companies{{0}, {1}, {2}}));
  EXPECT_EQ(cut({30, 0, 30, 30}, {100, 50, 1000}), (Companies{{0}, {1}, {2, 3}}));
  EXPECT_EQ(cut({1, 1}, {}), (Companies{{0}, {1}}));
}

TEST(CompaniesTest, NoneIsTooLargeWhateverThereIs) {
  const auto all = cut(std::vector<std::int64_t>(largest_company * 2 + 1, 1), {1000, 1000, 1000});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].size(), largest_company);
  EXPECT_EQ(all[2].size(), 1U);
}

TEST(CompaniesTest, NoneIsTooLargeForTheLaunchersDescriptors) {
  EXPECT_EQ(cut({1, 1, 1, 1, 1}, {1000, 1000, 2 * descriptors_of_cell}), (Companies{{0, 1}, {2, 3}, {4}}));
  EXPECT_EQ(cut({1, 1}, {1000, 1000, -5}), (Companies{{0}, {1}}));
}

}  // namespace
}  // namespace runoff
