// How often intervals and verdicts are right, where the truth is known because the data are made. Seeds are
// fixed, so nothing here depends on luck.

#include "selftest/simulation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "statistics/bootstrap.h"

namespace runoff {
namespace {

Series lognormal_series(RandomStream& random, std::size_t n) {
  Series made;
  for (std::size_t i = 0; i < n; ++i) {
    made.rounds.push_back(static_cast<std::int64_t>(i));
    made.values.push_back(std::exp(0.5 * random.normal()));
  }
  return made;
}

TEST(Simulation, IntervalsOfTheMedianHoldItIn95Of100Cases) {
  for (const std::size_t n : {6, 7, 10, 25}) {
    RandomStream random(n);
    int held = 0;
    const int times = 500;
    for (int i = 0; i < times; ++i) {
      const Estimate interval = median_estimate(lognormal_series(random, n));  // a lognormal's median is 1
      held += interval.low <= 1 && 1 <= interval.high;
    }
    EXPECT_GE(held, 0.94 * times) << n;
    EXPECT_LE(held, 0.995 * times) << n;
  }
}

TEST(Simulation, IntervalsOfTheRatioHoldItIn95Of100Cases) {
  for (const std::size_t n : {6, 7, 10, 25}) {
    const Rate held = coverage(n, 0.2, 4000, n);
    EXPECT_GE(held.share(), 0.94) << n;
    EXPECT_LE(held.share(), 0.98) << n;
  }
}

const std::vector<unsigned> usual{6, 9, 13, 19, 28};

// At most 5 of 100 groups, looks included; some are added for the chance of the simulation.
TEST(Simulation, EqualCellsAreSeldomToldApart) {
  for (const Noise& noise : noises())
    for (const std::size_t cells : {2, 10}) {
      for (const auto& looks : {usual, {6}, {13}}) {
        const Verdicts said = simulate({.cells = cells, .noise = noise, .looks = looks}, 200, 42);
        EXPECT_LE(said.falsely.share(), 0.08)
            << cells << " cells, " << noise.name << ", " << looks.size() << " looks";
      }
    }
}

TEST(Simulation, FivePercentSlowerIsFoundThroughDrift) {
  const auto found = [](const SimulatedGroup& group) { return simulate(group, 100, 42).last_slower.share(); };
  EXPECT_GE(found({.cells = 10, .last_slower_by = 1.05, .looks = usual}), 0.95);
  EXPECT_GE(found({.cells = 2, .last_slower_by = 1.05, .looks = usual}), 0.95);
  EXPECT_GE(found({.cells = 10, .spread = 0.01, .last_slower_by = 1.05, .looks = {6}}), 0.95);
}

TEST(Simulation, WhatIsSlowerByMoreThanThePrecisionIsSeldomCalledTied) {
  for (const std::size_t cells : {2, 10})
    EXPECT_LE(simulate({.cells = cells, .spread = 0.02, .last_slower_by = 1.0301, .looks = usual}, 150, 42)
                  .last_tied.share(),
              0.08);
}

TEST(Simulation, EqualCellsAreFoundToTie) {
  EXPECT_GE(simulate({.cells = 10, .spread = 0.01, .looks = usual}, 100, 42).last_tied.share(), 0.95);
}

// Clopper and Pearson: 3 of 40 and 0 of 100 in printed tables of binomial limits.
TEST(Simulation, RatesHaveExactIntervals) {
  EXPECT_NEAR((Rate{3, 40}.low()), 0.0157, 1e-4);
  EXPECT_NEAR((Rate{3, 40}.high()), 0.2039, 1e-4);
  EXPECT_EQ((Rate{0, 100}.low()), 0);
  EXPECT_NEAR((Rate{0, 100}.high()), 0.0362, 1e-4);
}

}  // namespace
}  // namespace runoff
