#pragma once

#include <algorithm>
#include <cstddef>

#include "x86_levels.h"

namespace matmul {

// A tile of C, `tile_rows` by two vector registers, stays in registers while it sums over `depth` products:
// eight sums at once, as many as hide the time of a fused multiply-add. The part of B that a panel's tiles
// read, `depth` by `panel` doubles, stays in the first-level cache for all rows of a task.
inline constexpr std::size_t panel = 16;
inline constexpr std::size_t tile_rows = 4;
inline constexpr std::size_t depth = 128;

/// n rounded up to whole panels.
constexpr std::size_t padded(std::size_t n) { return (n + panel - 1) / panel * panel; }

/// Where B's element (k, column) lies: B is kept as panels of 16 columns, each row by row, so that tiles read
/// it in straight lines. The last panel is filled up with zeros.
constexpr std::size_t panel_index(std::size_t n, std::size_t k, std::size_t column) {
  return (column / panel * n + k) * panel + column % panel;
}

/// Adds to `Rows` rows of C, of `width` columns at most, the product of `Rows` rows of A with `count` rows of
/// B.
template <std::size_t Strip, std::size_t Rows>
[[gnu::always_inline]] inline void multiply_tile(double* __restrict c, const double* __restrict a,
                                                 const double* __restrict b, std::size_t n, std::size_t count,
                                                 std::size_t width) {
  double sums[Rows][Strip] = {};
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t row = 0; row < Rows; ++row)
    // Unrolled before it is vectorised, this loop would become scalar: 14 times slower with GCC 12.
#pragma GCC unroll 1
      for (std::size_t column = 0; column < Strip; ++column)
        sums[row][column] += a[row * n + k] * b[k * panel + column];
  for (std::size_t row = 0; row < Rows; ++row)
    for (std::size_t column = 0; column < width; ++column) c[row * n + column] += sums[row][column];
}

/// The product, in tiles of `Strip` columns; see MultiplyRows.
template <std::size_t Strip>
[[gnu::always_inline]] inline void multiply_rows_with(double* __restrict c, const double* __restrict a,
                                                      const double* __restrict b, std::size_t n,
                                                      std::size_t rows) {
  static_assert(panel % Strip == 0);
  std::fill_n(c, rows * n, 0.0);
  for (std::size_t k = 0; k < n; k += depth) {
    const std::size_t count = std::min(depth, n - k);
    for (std::size_t column = 0; column < n; column += Strip) {
      const double* part = b + panel_index(n, k, column);
      const std::size_t width = std::min(Strip, n - column);
      std::size_t row = 0;
      for (; row + tile_rows <= rows; row += tile_rows)
        multiply_tile<Strip, tile_rows>(c + row * n + column, a + row * n + k, part, n, count, width);
      for (; row < rows; ++row)
        multiply_tile<Strip, 1>(c + row * n + column, a + row * n + k, part, n, count, width);
    }
  }
}

/// Computes `rows` rows of C = A B, all n by n; `a` and `c` point to the first of these rows, `b` to all
/// panels.
using MultiplyRows = void(double* __restrict c, const double* __restrict a, const double* __restrict b,
                          std::size_t n, std::size_t rows);

inline void multiply_rows_128(double* __restrict c, const double* __restrict a, const double* __restrict b,
                              std::size_t n, std::size_t rows) {
  multiply_rows_with<4>(c, a, b, n, rows);
}

#ifdef __x86_64__
[[gnu::target("arch=x86-64-v3")]] inline void multiply_rows_256(double* __restrict c,
                                                                const double* __restrict a,
                                                                const double* __restrict b, std::size_t n,
                                                                std::size_t rows) {
  multiply_rows_with<8>(c, a, b, n, rows);
}

[[gnu::target("arch=x86-64-v4")]] inline void multiply_rows_512(double* __restrict c,
                                                                const double* __restrict a,
                                                                const double* __restrict b, std::size_t n,
                                                                std::size_t rows) {
  multiply_rows_with<16>(c, a, b, n, rows);
}
#endif

/// The widest of these that this processor runs. The elements are integers and every sum is exact, so that
/// all give the same bits.
inline MultiplyRows* widest_multiply_rows() {
#ifdef __x86_64__
  if (vectors::has_x86_64_v4()) return multiply_rows_512;
  if (vectors::has_x86_64_v3()) return multiply_rows_256;
#endif
  return multiply_rows_128;
}

}  // namespace matmul
