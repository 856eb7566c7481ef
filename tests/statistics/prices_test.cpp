#include "statistics/prices.h"

#include <gtest/gtest.h>

#include "cell/prices.h"
#include "series.h"

namespace runoff {
namespace {

/// Samples that all say the same price.
std::vector<Sample> priced(std::vector<Sample> some, const std::string& prices,
                           const std::string& parameters = "") {
  for (Sample& sample : some) {
    sample.prices = prices;
    sample.parameters = parameters;
    sample.bound = "runtime";
  }
  return some;
}

TEST(Prices, AreAQuantityOfTheSampleSharedOut) {
  std::vector<Sample> some =
      priced(samples("tbb", 2, {2000, 2000, 2000, 2000, 2000, 4000}),
             "task=wall/1000;start=startup;first=cold;burn=cpu/0.1;room=memory/worker");
  for (Sample& sample : some) {
    sample.startup_ns = 7;
    sample.cold_ns = 11;
    sample.cpu_ns = 13;
    sample.peak_memory_bytes = 34;
  }
  const auto cells = gather_cells(some);
  const auto list = price_list(cells, Rules());
  ASSERT_EQ(list.size(), 5u);
  const std::vector<std::pair<std::string, double>> expected{
      {"task", 2}, {"start", 7}, {"first", 11}, {"burn", 130}, {"room", 17}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(list[i].price, expected[i].first);
    EXPECT_DOUBLE_EQ(list[i].value.value(), expected[i].second) << list[i].price;
    EXPECT_EQ(list[i].unit, i == 4 ? "bytes" : "ns");
  }
  // Of six samples the interval is the span from the least to the greatest.
  EXPECT_DOUBLE_EQ(list[0].interval.value().low, 2);
  EXPECT_DOUBLE_EQ(list[0].interval.value().high, 4);
}

TEST(Prices, AreByWorkersTheCheapestFirstAndJudged) {
  const auto some = priced(samples("tbb", 2, {900, 901, 902, 903, 904, 905}), "task=wall/10", "n=1") +
                    priced(samples("fork", 2, {300, 301, 302, 303, 304, 305}), "task=wall/10", "n=1") +
                    priced(samples("tbb", 1, {50, 51, 52, 53, 54, 55}), "task=wall/10", "n=1");
  const auto cells = gather_cells(some);
  const auto list = price_list(cells, Rules());
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].cell->workers, 1);
  EXPECT_EQ(list[1].cell->backend, "fork");
  EXPECT_EQ(list[1].judgement.verdict, Verdict::fastest);
  EXPECT_EQ(list[2].cell->backend, "tbb");
  EXPECT_EQ(list[2].judgement.verdict, Verdict::slower);
}

TEST(Prices, OfWhatFailedAreNone) {
  auto some = priced(samples("tbb", 2, {1, 2, 3, 4, 5, 6}), "task=wall");
  some[3].status = Status::crashed;
  some[3].prices.clear();
  const auto cells = gather_cells(some);
  const auto list = price_list(cells, Rules());
  ASSERT_EQ(list.size(), 1u);
  EXPECT_FALSE(list[0].value);
  EXPECT_FALSE(list[0].interval);
  EXPECT_EQ(list[0].judgement.word, "crashed");
}

TEST(Prices, FewSamplesHaveNoInterval) {
  const auto cells = gather_cells(priced(samples("tbb", 2, {10, 30}), "task=wall/2"));
  const auto list = price_list(cells, Rules());
  ASSERT_EQ(list.size(), 1u);
  EXPECT_DOUBLE_EQ(list[0].value.value(), 10);
  EXPECT_FALSE(list[0].interval);
}

TEST(Prices, WhatIsNotUnderstoodIsNone) {
  for (const char* text : {"", "task", "task=walls", "task=wall/0", "task=wall/-1", "task=wall/x",
                           "task=wall/2x", "task=wall/nan"})
    EXPECT_TRUE(price_list(gather_cells(priced(samples("tbb", 2, {10}), text)), Rules()).empty()) << text;
  EXPECT_FALSE(is_priced(gather_cells(samples("tbb", 2, {10})).front()));
  EXPECT_TRUE(is_priced(gather_cells(priced(samples("tbb", 2, {10}), "task=wall")).front()));
}

TEST(Prices, AreReadAsTheyAreWritten) {
  const std::vector<Price> prices{
      {.name = "a task", .per = 3e7},
      {.name = "burn", .quantity = Quantity::cpu, .per = 0.001},
      {.name = "room", .quantity = Quantity::memory, .per = 2, .per_worker = true}};
  auto some = priced(samples("tbb", 4, {60'000'000}), join_prices(prices));
  some.front().cpu_ns = 5;
  some.front().peak_memory_bytes = 80;
  const auto cells = gather_cells(some);
  const auto list = price_list(cells, Rules());
  ASSERT_EQ(list.size(), 3u);
  EXPECT_DOUBLE_EQ(list[0].value.value(), 2);
  EXPECT_DOUBLE_EQ(list[1].value.value(), 5000);
  EXPECT_DOUBLE_EQ(list[2].value.value(), 10);
}

}  // namespace
}  // namespace runoff
