#include "graph/compute.h"

#include <gtest/gtest.h>

namespace {

/// In whole numbers, lane by lane.
std::uint64_t naive(std::uint64_t start, std::uint64_t iterations) {
  std::uint64_t sum = 0;
  for (std::uint64_t lane = 0; lane < 64; ++lane) {
    std::uint64_t x = start + lane;
    for (std::uint64_t i = 0; i < iterations; ++i) x += 1;
    sum += x;
  }
  return sum;
}

TEST(Compute, IsTheSameInVectorsOfEveryWidthAndInWholeNumbers) {
  const volatile double factor = 1;
  for (const graph::ComputeForm& form : graph::compute_forms())
    for (const std::uint64_t start : {0U, 1U, 12'345U, (1U << 20) - 1})
      for (const std::uint64_t iterations : {0U, 1U, 2U, 7U, 1000U, 54'321U})
        EXPECT_EQ(form.run(static_cast<double>(start), factor, iterations), naive(start, iterations))
            << form.name << " from " << start << ", " << iterations << " iterations";
}

TEST(Compute, DoesEachMultiplication) {
  const volatile double two = 2;  // x <- 2 x + 1 from s is 2^n (s + 1) - 1
  for (const graph::ComputeForm& form : graph::compute_forms()) {
    std::uint64_t sum = 0;
    for (std::uint64_t lane = 0; lane < 64; ++lane) sum += (3 + lane + 1) * (1 << 10) - 1;
    EXPECT_EQ(form.run(3, two, 10), sum) << form.name;
  }
}

}  // namespace
