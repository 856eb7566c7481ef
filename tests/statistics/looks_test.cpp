#include "statistics/looks.h"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "series.h"

namespace runoff {
namespace {

TEST(Looks, WithoutOneAllIsSpentInTheEnd) { EXPECT_EQ(Looks().level(0.05, 6), 0.05); }

TEST(Looks, TheFirstSpendsItsShare) {
  const Looks looks({6, 9, 13});
  EXPECT_NEAR(looks.level(0.05, 6), 0.05 / 3, 1e-6);
  EXPECT_NEAR(looks.level(1e-5, 6), 1e-5 / 3, 1e-9);
}

TEST(Looks, LaterOnesGetMoreThanTheirShareBecauseEarlierOnesSawTheSame) {
  const Looks looks({6, 9, 13});
  const double share = 0.05 * (9.0 / 21 - 6.0 / 18);
  EXPECT_GT(looks.level(0.05, 9), 1.5 * share);
  EXPECT_LT(looks.level(0.05, 9), 0.05 * 9 / 21);
}

TEST(Looks, ARunMayEndBetweenTwo) {
  const Looks looks({6, 9, 13});
  EXPECT_NEAR(looks.level(0.05, 10), Looks({6, 9, 10}).level(0.05, 10), 1e-12);
}

// Sums of normal differences, made by chance, cross the bounds as often as may be spent.
TEST(Looks, WhatIsSpentIsWhatCrosses) {
  const std::vector<unsigned> rounds{6, 9, 13, 19};
  const Looks looks(rounds);
  constexpr double allowed = 0.2;
  std::vector<double> bounds;
  for (const unsigned n : rounds)
    bounds.push_back(quantile(complement(boost::math::normal(), looks.level(allowed, n))) * std::sqrt(n));
  RandomStream random(11);
  constexpr int times = 40'000;
  int crossed = 0;
  for (int i = 0; i < times; ++i) {
    double sum = 0;
    unsigned n = 0;
    bool out = false;
    for (std::size_t k = 0; k < rounds.size(); ++k) {
      for (; n < rounds[k]; ++n) sum += normal(random);
      out = out || sum > bounds[k];
    }
    crossed += out;
  }
  const double expected = allowed * 19 / 31;
  EXPECT_NEAR(static_cast<double>(crossed) / times, expected, 4 * std::sqrt(expected / times));
}

}  // namespace
}  // namespace runoff
