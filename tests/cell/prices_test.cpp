#include "cell/prices.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace runoff {
namespace {

std::string refused(const Price& price) {
  try {
    return "taken: " + join_prices({&price, 1});
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST(Prices, AreReadAsTheyAreWritten) {
  const std::vector<Price> prices{
      {.name = "a task", .per = 3e7},
      {.name = "burn", .quantity = Quantity::cpu, .per = 0.001},
      {.name = "room, a worker", .quantity = Quantity::memory, .per_worker = true},
      {.name = "start-up/2", .quantity = Quantity::startup, .per = 2, .per_worker = true}};
  const std::string joined = join_prices(prices);
  EXPECT_EQ(joined,
            "a task=wall/3e+07;burn=cpu/0.001;room, a worker=memory/worker;start-up/2=startup/2/worker");
  const auto read = parse_prices(joined);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), prices.size());
  for (std::size_t i = 0; i < prices.size(); ++i) {
    EXPECT_EQ((*read)[i].name, prices[i].name);
    EXPECT_EQ((*read)[i].quantity, prices[i].quantity);
    EXPECT_EQ((*read)[i].per, prices[i].per);
    EXPECT_EQ((*read)[i].per_worker, prices[i].per_worker);
  }
  EXPECT_TRUE(parse_prices("").value().empty());
}

TEST(Prices, WhatIsNotUnderstoodIsRefusedAsAWhole) {
  for (const char* text :
       {"task", "=wall", "task=", "task=walls", "task=wall/0", "task=wall/-1", "task=wall/x", "task=wall/2x",
        "task=wall/nan", "task=wall/inf", "task=wall;", "task=wall;other"})
    EXPECT_FALSE(parse_prices(text)) << text;
}

TEST(Prices, WhatTheFormCannotHoldIsNotWritten) {
  for (const char* name : {"", "a=b", "a;b", "a\nb", "\xff"})
    EXPECT_NE(refused({.name = name}).find("its name is one line without '=' and ';'"), std::string::npos)
        << name;
  constexpr double infinite = std::numeric_limits<double>::infinity();
  for (const double per : {0.0, -1.0, infinite, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_NE(refused({.name = "task", .per = per}).find("that is a number above 0"), std::string::npos)
        << per;
}

}  // namespace
}  // namespace runoff
