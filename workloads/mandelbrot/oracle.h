#pragma once

#include <complex>
#include <cstdint>
#include <optional>

namespace mandelbrot {

/// What a row of the picture comes to.
struct Row {
  std::uint64_t iterations = 0;  ///< of all its points
  std::uint64_t weighted = 0;    ///< the same, each times its column's number (from 1): tells where they are
  bool operator==(const Row&) const = default;
};

/// The picture: columns and rows of square pixels, and the most iterations for a point.
struct Picture {
  std::uint64_t width, height, limit;
  double real(std::uint64_t column) const {
    return -2.0 + 2.75 * static_cast<double>(column) / static_cast<double>(width);
  }
  double imaginary(std::uint64_t row) const {
    return 1.0 - 2.75 * static_cast<double>(row) / static_cast<double>(width);
  }
};

/// The row that rows.py found, where it was asked for this picture.
inline std::optional<Row> shipped_row(const Picture& picture, std::uint64_t row) {
  struct Line {
    std::uint64_t width, height, limit, row, iterations, weighted;
  };
  static constexpr Line lines[] = {
#include "rows.inc"
  };
  for (const Line& line : lines)
    if (line.width == picture.width && line.height == picture.height && line.limit == picture.limit &&
        line.row == row)
      return Row{line.iterations, line.weighted};
  return std::nullopt;
}

/// The iterations of one point, by another way than the kernel's: complex arithmetic, and a point that comes
/// back to a z it had (Brent's search for cycles) never escapes.
inline std::uint64_t iterations_by_cycles(std::complex<double> c, std::uint64_t limit) {
  std::complex<double> z = 0;
  std::complex<double> seen = 0;
  std::uint64_t remember_at = 1;
  for (std::uint64_t count = 0; count < limit; ++count) {
    if (std::norm(z) > 4) return count;
    z = {(z.real() * z.real() - z.imag() * z.imag()) + c.real(),
         (z.real() * z.imag() + z.imag() * z.real()) + c.imag()};
    if (z == seen) return limit;
    if (count == remember_at) {
      seen = z;
      remember_at *= 2;
    }
  }
  return limit;
}

/// A row of any picture, by that way.
inline Row row_by_cycles(const Picture& picture, std::uint64_t row) {
  Row found;
  for (std::uint64_t column = 0; column < picture.width; ++column) {
    const std::uint64_t count =
        iterations_by_cycles({picture.real(column), picture.imaginary(row)}, picture.limit);
    found.iterations += count;
    found.weighted += (column + 1) * count;
  }
  return found;
}

}  // namespace mandelbrot
