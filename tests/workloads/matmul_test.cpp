#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "driven.h"
#include "matmul/kernel.h"

namespace {

using runoff::testing::Driven;

void expect_products(matmul::MultiplyRows* multiply_rows) {
  std::mt19937 random(7);
  const auto draw = [&random] { return static_cast<double>(random() % 2001) - 1000; };
  for (const std::size_t n : {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 128, 129, 200}) {
    std::vector<double> a(n * n), b(n * n), panels(n * matmul::padded(n)), c(n * n, 5e300);
    for (double& element : a) element = draw();
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t i = 0; i < n; ++i) panels[matmul::panel_index(n, k, i)] = b[k * n + i] = draw();
    const std::size_t rows = n / 2;  // two blocks, one perhaps of odd height
    multiply_rows(c.data(), a.data(), panels.data(), n, rows);
    multiply_rows(c.data() + rows * n, a.data() + rows * n, panels.data(), n, n - rows);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        long long sum = 0;
        for (std::size_t k = 0; k < n; ++k)
          sum += static_cast<long long>(a[i * n + k]) * static_cast<long long>(b[k * n + j]);
        ASSERT_EQ(c[i * n + j], static_cast<double>(sum)) << "n=" << n << " row " << i << " column " << j;
      }
  }
}

TEST(Matmul, TheKernelMultiplies) { expect_products(matmul::multiply_rows_128); }

#ifdef __x86_64__
TEST(Matmul, TheKernelMultipliesWith256Bits) {
  if (!__builtin_cpu_supports("x86-64-v3")) GTEST_SKIP() << "this processor has no AVX2";
  expect_products(matmul::multiply_rows_256);
}

TEST(Matmul, TheKernelMultipliesWith512Bits) {
  if (!__builtin_cpu_supports("x86-64-v4")) GTEST_SKIP() << "this processor has no AVX-512";
  expect_products(matmul::multiply_rows_512);
}
#endif

class Freivalds : public ::testing::Test {
 protected:
  static constexpr std::size_t n = 90, rows = 8;
  Freivalds() { driven_.run_shuffled(); }
  double& c(std::size_t row, std::size_t column) {
    return (&driven_.results().at<double>(row / rows))[row % rows * n + column];
  }
  void expect_wrong(std::size_t row) {
    const runoff::Check check = driven_.check();
    EXPECT_FALSE(check.right);
    EXPECT_NE(check.why.find("row " + std::to_string(row)), std::string::npos) << check.why;
  }
  Driven driven_{"matmul", {{"n", std::to_string(n)}, {"rows", std::to_string(rows)}}};
};

TEST_F(Freivalds, AcceptsTheProduct) { EXPECT_TRUE(driven_.check().right) << driven_.check().why; }

TEST_F(Freivalds, NoticesASingleWrongElement) {
  for (const double by :
       {1.0, -1.0, 0.5, 1024.0, std::ldexp(1.0, 26), std::ldexp(1.0, 80),
        std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    const double right = c(89, 89);
    c(89, 89) += by;
    expect_wrong(89);
    c(89, 89) = right;
  }
}

TEST_F(Freivalds, NoticesErrorsThatSumToNothing) {
  c(10, 3) += 1;
  c(10, 4) -= 1;
  expect_wrong(10);
}

TEST_F(Freivalds, NoticesSwappedElementsAndRows) {
  std::swap(c(11, 5), c(11, 50));
  expect_wrong(11);
  std::swap(c(11, 5), c(11, 50));
  std::swap_ranges(&c(16, 0), &c(16, 0) + n, &c(17, 0));
  expect_wrong(16);
}

}  // namespace
