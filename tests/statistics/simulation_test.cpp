// How often intervals and verdicts are right, where the truth is known because the data are made. Seeds are
// fixed, so nothing here depends on luck.

#include <gtest/gtest.h>

#include <cmath>

#include "series.h"
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
    const int times = 500;
    for (int i = 0; i < times; ++i) {
      const Series a = skewed_series(random, n, 0.2), b = skewed_series(random, n, 0.2);
      const Estimate interval = ratio_estimate(a, b, 1);
      held += interval.low <= 1 && 1 <= interval.high;
    }
    EXPECT_GE(held, 0.94 * times) << n;
    EXPECT_LE(held, 0.995 * times) << n;
  }
}

struct Group {
  std::size_t cells, samples;
  double spread, drift;   // of one sample, and of a whole round
  double last_slower_by;  // of the last cell
};

// In how many of `times` groups some cell that is as fast as the others is called slower; and the last cell.
struct Called {
  double falsely = 0, last = 0;
};

Called called_slower(const Group& group, int times) {
  RandomStream random(42);
  Called called;
  for (int i = 0; i < times; ++i) {
    std::vector<double> rounds(group.samples);
    for (double& round : rounds) round = std::exp(group.drift * normal(random));
    std::vector<Series> cells(group.cells);
    std::vector<Contender> contenders;
    for (Series& cell : cells) {
      const bool last = &cell == &cells.back();
      cell = series(rounds);
      for (double& value : cell.values)
        value *= 1e6 * skewed(random, group.spread) * (last ? group.last_slower_by : 1);
      contenders.push_back({Status::ok, &cell});
    }
    const std::vector<Judgement> judgements = judge(contenders);
    bool falsely = false;
    for (std::size_t k = 0; k + 1 < judgements.size(); ++k)
      falsely = falsely || judgements[k].verdict == Verdict::slower;
    const bool last = judgements.back().verdict == Verdict::slower;
    called.falsely += falsely || (last && group.last_slower_by == 1);
    called.last += last;
  }
  called.falsely /= times;
  called.last /= times;
  return called;
}

// One group in twenty may have a false `slower`, whatever its size; some are added for the chance of the
// simulation.
TEST(Simulation, EqualCellsAreSeldomCalledSlower) {
  for (const double drift : {0.0, 0.05})
    for (const std::size_t samples : {6, 12})
      for (const std::size_t cells : {2, 5, 10})
        EXPECT_LE(called_slower({cells, samples, 0.05, drift, 1}, 150).falsely, 0.085)
            << cells << " cells, " << samples << " samples, drift " << drift;
}

TEST(Simulation, TenPercentSlowerIsFound) {
  EXPECT_GE(called_slower({2, 6, 0.01, 0.02, 1.1}, 100).last, 0.95);
  EXPECT_GE(called_slower({9, 6, 0.01, 0.01, 1.1}, 100).last, 0.95);
  EXPECT_GE(called_slower({9, 12, 0.02, 0.1, 1.1}, 100).last,
            0.9);  // rounds drawn together see through the drift
}

}  // namespace
}  // namespace runoff
