#include <gtest/gtest.h>

#include <cstdint>

#include "driven.h"

namespace {

using runoff::testing::Driven;

std::uint64_t sum_of_primes_below(const std::string& n, const std::string& grain) {
  Driven driven("primes", {{"n", n}, {"grain", grain}});
  driven.run_shuffled();
  const runoff::Check check = driven.check();
  EXPECT_TRUE(check.right) << check.why;
  std::uint64_t sum = 0;
  for (std::size_t task = 0; task < driven.results().count(); ++task)
    sum += driven.results().at<std::uint64_t>(task);
  return sum;
}

TEST(Primes, SumToThePublishedValues) {
  EXPECT_EQ(sum_of_primes_below("2", "1"), 0u);
  EXPECT_EQ(sum_of_primes_below("3", "1"), 2u);
  EXPECT_EQ(sum_of_primes_below("10", "1"), 17u);
  EXPECT_EQ(sum_of_primes_below("100", "7"), 1060u);
  EXPECT_EQ(sum_of_primes_below("1000", "1000"), 76127u);
  EXPECT_EQ(sum_of_primes_below("10000", "1000000000"), 5736396u);
  EXPECT_EQ(sum_of_primes_below("100000", "1000"), 454396537u);
  EXPECT_EQ(sum_of_primes_below("1000000", "1000"), 37550402023u);
}

// The sum is the same, so only a look at each task finds it.
TEST(Primes, WhatOneTaskLacksAnotherCannotMakeUpFor) {
  Driven driven("primes", {{"n", "1000"}, {"grain", "100"}});
  driven.run_shuffled();
  driven.results().at<std::uint64_t>(3) -= 5;
  driven.results().at<std::uint64_t>(7) += 5;
  const runoff::Check check = driven.check();
  EXPECT_FALSE(check.right);
  EXPECT_NE(check.why.find("task 3"), std::string::npos) << check.why;
}

}  // namespace
