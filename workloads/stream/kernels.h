#pragma once

#include <array>
#include <cstddef>

// The kernels over one task's part of the arrays: `out` is what the kernel writes, `x` and `y` what it reads.
// Pointers that do not alias and no calls, so that every compiler vectorises them.

namespace stream {

/// STREAM's scalar.
inline constexpr double scalar = 3;

inline void copy(double* __restrict out, const double* __restrict x, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out[i] = x[i];
}

inline void mul(double* __restrict out, const double* __restrict x, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out[i] = scalar * x[i];
}

inline void add(double* __restrict out, const double* __restrict x, const double* __restrict y,
                std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out[i] = x[i] + y[i];
}

inline void triad(double* __restrict out, const double* __restrict x, const double* __restrict y,
                  std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out[i] = x[i] + scalar * y[i];
}

/// In several sums, since one alone would wait for each addition to end before the next.
inline double dot(const double* __restrict x, const double* __restrict y, std::size_t size) {
  constexpr std::size_t lanes = 16;
  std::array<double, lanes> sums{};
  std::size_t i = 0;
  for (; i + lanes <= size; i += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane) sums[lane] += x[i + lane] * y[i + lane];
  for (; i < size; ++i) sums[0] += x[i] * y[i];
  double sum = 0;
  for (const double lane : sums) sum += lane;
  return sum;
}

}  // namespace stream
