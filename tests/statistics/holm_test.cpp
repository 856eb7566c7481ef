#include "statistics/holm.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

using Levels = std::vector<double>;

Levels levels(const std::vector<double>& p_values) { return holm_levels(p_values, 0.05); }

std::vector<bool> rejected(const std::vector<double>& p_values) {
  std::vector<bool> result;
  for (std::size_t i = 0; i < p_values.size(); ++i) result.push_back(p_values[i] <= levels(p_values)[i]);
  return result;
}

// The worked example that is commonly given for the procedure: 0.01, 0.04, 0.03 and 0.005 at 0.05. The last
// and the first are rejected (0.005 <= 0.0125, 0.01 <= 0.0167); 0.03 > 0.025 ends it, although 0.04 <= 0.05.
TEST(Holm, WorkedExample) {
  EXPECT_EQ(rejected({0.01, 0.04, 0.03, 0.005}), (std::vector<bool>{true, false, false, true}));
  EXPECT_EQ(levels({0.01, 0.04, 0.03, 0.005}), (Levels{0.05 / 3, 0.025, 0.025, 0.0125}));
}

TEST(Holm, AllRejectedOrNone) {
  EXPECT_EQ(rejected({0.0, 0.0, 0.0}), (std::vector<bool>{true, true, true}));
  EXPECT_EQ(levels({0.0, 0.0, 0.0}), (Levels{0.05 / 3, 0.025, 0.05}));
  EXPECT_EQ(rejected({0.04, 0.03, 0.02}), (std::vector<bool>{false, false, false}));
  EXPECT_EQ(levels({0.04, 0.03, 0.02}), (Levels{0.05 / 3, 0.05 / 3, 0.05 / 3}));
}

TEST(Holm, OneHypothesisIsNotCorrected) { EXPECT_EQ(levels({0.05}), Levels{0.05}); }

TEST(Holm, NoneAtAll) { EXPECT_TRUE(levels({}).empty()); }

}  // namespace
}  // namespace runoff
