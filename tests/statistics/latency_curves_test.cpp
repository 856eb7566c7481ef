#include "statistics/latency_curves.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

Latency one(std::int64_t order, double quantile, double ns, std::int64_t workers = 26) {
  return {"r", "fetch", "n=26", "tbb", "", workers, order, quantile, ns};
}

// "0.5:20 1:60".
std::string text(const LatencyCurve& curve) {
  std::string said;
  for (const auto& [quantile, ns] : curve.points)
    said += (said.empty() ? "" : " ") + std::to_string(quantile).substr(0, 4) + ":" +
            std::to_string(ns).substr(0, 4);
  return said;
}

TEST(LatencyCurves, AreTheMediansOverSamplesAtEachShare) {
  std::vector<Latency> rows;
  for (const auto& [order, factor] : std::vector<std::pair<int, double>>{{0, 1}, {1, 3}, {2, 2}})
    for (const auto& [quantile, ns] : std::vector<std::pair<double, double>>{{0.5, 11}, {1, 30}})
      rows.push_back(one(order, quantile, ns * factor));
  const auto curves = latency_curves(rows);
  ASSERT_EQ(curves.size(), 1u);
  EXPECT_EQ(curves[0].backend, "tbb");
  EXPECT_EQ(curves[0].workers, 26);
  EXPECT_EQ(text(curves[0]), "0.50:22.0 1.00:60.0");
}

TEST(LatencyCurves, SamplesThatTellOtherSharesAreComparedAtTheSameOnes) {
  // By hand: at 0.25 the samples stand at 10 (their next share is 0.5), 5 and 30.
  const auto curves =
      latency_curves(std::vector<Latency>{one(0, 0.5, 10), one(0, 1, 40), one(1, 0.25, 5), one(1, 0.5, 6),
                                          one(1, 0.75, 7), one(1, 1, 8), one(2, 1, 30)});
  ASSERT_EQ(curves.size(), 1u);
  EXPECT_EQ(text(curves[0]), "0.25:10.0 0.50:10.0 0.75:30.0 1.00:30.0");
}

TEST(LatencyCurves, CellsAreApart) {
  const auto curves = latency_curves(std::vector<Latency>{one(0, 1, 7, 4), one(1, 1, 5, 2), one(2, 1, 9, 4)});
  ASSERT_EQ(curves.size(), 2u);
  EXPECT_EQ(curves[0].workers, 4);
  EXPECT_EQ(text(curves[0]), "1.00:8.00");
  EXPECT_EQ(text(curves[1]), "1.00:5.00");
  EXPECT_TRUE(latency_curves({}).empty());
}

}  // namespace
}  // namespace runoff
