#include <gtest/gtest.h>

#include "driven.h"
#include "mandelbrot/oracle.h"

namespace {

using mandelbrot::iterations_by_cycles;
using mandelbrot::Picture;
using mandelbrot::Row;
using runoff::testing::Driven;

TEST(Mandelbrot, PointsByHand) {
  EXPECT_EQ(iterations_by_cycles({2, 0}, 100), 2u);     // 0, 2, 6
  EXPECT_EQ(iterations_by_cycles({1, 0}, 100), 3u);     // 0, 1, 2, 5
  EXPECT_EQ(iterations_by_cycles({-2, -2}, 100), 1u);   // 0, -2 - 2i
  EXPECT_EQ(iterations_by_cycles({0, 0}, 100), 100u);   // stays
  EXPECT_EQ(iterations_by_cycles({-1, 0}, 100), 100u);  // 0, -1, 0, -1
  EXPECT_EQ(iterations_by_cycles({-2, 0}, 100), 100u);  // 0, -2, 2, 2
  EXPECT_EQ(iterations_by_cycles({0, 1}, 100), 100u);   // a cycle of two
  EXPECT_EQ(iterations_by_cycles({2, 0}, 1), 1u);
}

// The set's area, counted in pixels by others: 1.50659.
TEST(Mandelbrot, TheAreaIsRight) {
  const Picture picture{400, 292, 1'000};
  std::size_t inside = 0;
  for (std::uint64_t row = 0; row < picture.height; ++row)
    for (std::uint64_t column = 0; column < picture.width; ++column)
      inside += iterations_by_cycles({picture.real(column), picture.imaginary(row)}, picture.limit) ==
                picture.limit;
  const double pixel = 2.75 / 400;
  EXPECT_NEAR(static_cast<double>(inside) * pixel * pixel, 1.507, 0.02);
}

// Three ways to the same counts: the script's, which ship; the search for cycles; the kernel.
TEST(Mandelbrot, TheOraclesAgree) {
  for (const Picture picture : {Picture{8, 6, 20}, {64, 48, 100}, {256, 192, 500}, {384, 288, 500}}) {
    Driven driven("mandelbrot", {{"width", std::to_string(picture.width)},
                                 {"height", std::to_string(picture.height)},
                                 {"limit", std::to_string(picture.limit)}});
    driven.run_shuffled();
    for (std::uint64_t row = 0; row < picture.height; ++row) {
      const auto shipped = mandelbrot::shipped_row(picture, row);
      ASSERT_TRUE(shipped) << picture.width;
      EXPECT_EQ(*shipped, mandelbrot::row_by_cycles(picture, row)) << row;
      EXPECT_EQ(*shipped, driven.results().at<Row>(row)) << row;
    }
  }
}

TEST(Mandelbrot, NoticesCountsInTheWrongColumn) {
  Driven driven("mandelbrot", {{"width", "64"}, {"height", "48"}, {"limit", "100"}});
  driven.run_shuffled();
  driven.results().at<Row>(20).weighted += 1;
  const runoff::Check check = driven.check();
  EXPECT_FALSE(check.right);
  EXPECT_NE(check.why.find("row 20"), std::string::npos) << check.why;
}

}  // namespace
