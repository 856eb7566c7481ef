// How often intervals and verdicts are right, where the truth is known because the data are made. Seeds are
// fixed, so nothing here depends on luck.

#include <gtest/gtest.h>

#include <cmath>

#include "series.h"
#include "statistics/paired_ratio.h"
#include "statistics/verdict.h"

namespace runoff {
namespace {

Series skewed_series(RandomStream& random, std::size_t n, double spread) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(std::exp(spread * normal(random)));
  return series(values);
}

TEST(Simulation, IntervalsOfTheMedianHoldItIn95Of100Cases) {
  for (const std::size_t n : {6, 7, 10, 25}) {
    RandomStream random(n);
    int held = 0;
    const int times = 500;
    for (int i = 0; i < times; ++i) {
      const Estimate interval =
          median_estimate(skewed_series(random, n, 0.5), 1);  // a lognormal's median is 1
      held += interval.low <= 1 && 1 <= interval.high;
    }
    EXPECT_GE(held, 0.94 * times) << n;
    EXPECT_LE(held, 0.995 * times) << n;
  }
}

TEST(Simulation, IntervalsOfTheRatioHoldItIn95Of100Cases) {
  for (const std::size_t n : {6, 7, 10, 25}) {
    RandomStream random(n);
    int held = 0;
    const int times = 4000;
    for (int i = 0; i < times; ++i) {
      const Series a = skewed_series(random, n, 0.2), b = skewed_series(random, n, 0.2);
      const Estimate interval = *ratio_estimate(a, b);
      held += interval.low <= 1 && 1 <= interval.high;
    }
    EXPECT_GE(held, 0.94 * times) << n;
    EXPECT_LE(held, 0.98 * times) << n;
  }
}

using Noise = double (*)(RandomStream&, double spread);

double lognormal(RandomStream& random, double spread) { return std::exp(spread * normal(random)); }

/// Student's with two degrees of freedom: of no finite variance.
double heavy_tailed(RandomStream& random, double spread) {
  const double u = 2 * random.unit() - 1;
  return std::exp(spread * u * std::sqrt(2 / (1 - u * u)) / 2);
}

/// Both workers on one core at times.
double bimodal(RandomStream& random, double spread) {
  return std::exp((random.unit() < 0.4 ? 4 * spread : 0) + spread / 3 * normal(random));
}

/// Groups of cells; all are equally fast but for the last, and the machine drifts from round to round. Each
/// is judged at every look, as a run does that may stop there.
struct Group {
  std::size_t cells;
  Noise noise;
  double spread, drift;
  double last_slower_by = 1;
  std::vector<unsigned> looks = {};  ///< without any: once, at `samples`
  std::size_t samples = 6;
};

/// In how many of `times` groups, at any look, a cell that is as fast as the best is called slower, one that
/// is no faster than another is called the fastest; the last is called slower; or tied.
struct Called {
  double falsely = 0, last_slower = 0, last_tied = 0;
};

Called called(const Group& group, int times) {
  RandomStream random(42);
  Called share;
  const Rules rules{.looks = Looks(group.looks)};
  std::vector<unsigned> ends = group.looks;
  if (ends.empty()) ends.push_back(static_cast<unsigned>(group.samples));
  for (int i = 0; i < times; ++i) {
    std::vector<Series> cells(group.cells);
    bool falsely = false, last_slower = false, last_tied = false;
    for (const unsigned end : ends) {
      while (cells.front().size() < end) {
        const double round = std::exp(group.drift * normal(random));
        for (Series& cell : cells) {
          cell.rounds.push_back(static_cast<std::int64_t>(cell.size()));
          cell.values.push_back(1e6 * round * group.noise(random, group.spread) *
                                (&cell == &cells.back() ? group.last_slower_by : 1));
        }
      }
      std::vector<Contender> contenders;
      for (const Series& cell : cells) contenders.push_back({Status::ok, &cell, contenders.size()});
      const std::vector<Judgement> judgements = judge(contenders, rules);
      const bool all_equal = group.last_slower_by == 1;
      for (std::size_t k = 0; k < judgements.size(); ++k) {
        const bool is_last = k + 1 == judgements.size() && !all_equal;
        if (!is_last) falsely = falsely || judgements[k].verdict == Verdict::slower;
        if (is_last || group.cells > 2 || all_equal)
          falsely = falsely || judgements[k].verdict == Verdict::fastest;
      }
      last_slower = last_slower || judgements.back().verdict == Verdict::slower;
      last_tied = last_tied || judgements.back().verdict == Verdict::tied;
    }
    share.falsely += falsely;
    share.last_slower += last_slower;
    share.last_tied += last_tied;
  }
  share.falsely /= times;
  share.last_slower /= times;
  share.last_tied /= times;
  return share;
}

const std::vector<unsigned> usual{6, 9, 13, 19, 28};

// At most 5 of 100 groups, looks included; some are added for the chance of the simulation.
TEST(Simulation, EqualCellsAreSeldomCalledSlower) {
  for (const Noise noise : {lognormal, heavy_tailed, bimodal, skewed})
    for (const std::size_t cells : {2, 10}) {
      EXPECT_LE(called({cells, noise, 0.03, 0.1, 1, usual}, 150).falsely, 0.08) << cells << " cells, looks";
      for (const std::size_t samples : {6, 13})
        EXPECT_LE(called({cells, noise, 0.03, 0, 1, {}, samples}, 200).falsely, 0.08)
            << cells << " cells, " << samples << " samples";
    }
}

TEST(Simulation, FivePercentSlowerIsFoundThroughDrift) {
  EXPECT_GE(called({10, lognormal, 0.03, 0.1, 1.05, usual}, 100).last_slower, 0.95);
  EXPECT_GE(called({2, lognormal, 0.03, 0.1, 1.05, usual}, 100).last_slower, 0.95);
  EXPECT_GE(called({10, lognormal, 0.01, 0.1, 1.05, {}, 6}, 100).last_slower, 0.95);
}

TEST(Simulation, WhatIsSlowerByMoreThanThePrecisionIsSeldomCalledTied) {
  EXPECT_LE(called({2, lognormal, 0.02, 0.05, 1.0301, usual}, 200).last_tied, 0.08);
  EXPECT_LE(called({10, skewed, 0.02, 0.05, 1.0301, usual}, 100).last_tied, 0.08);
}

TEST(Simulation, EqualCellsAreFoundToTie) {
  EXPECT_GE(called({10, lognormal, 0.01, 0.1, 1, usual}, 100).last_tied, 0.95);
}

}  // namespace
}  // namespace runoff
