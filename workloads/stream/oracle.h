#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "runoff/random.h"

// What the kernels should have made of the inputs, in integers and from the generator, not from the arrays.

namespace stream {

enum class Kernel { triad, copy, mul, add, dot };

/// Element i of the inputs x and y, as signed integers of `bits` bits. The arrays hold them as multiples of
/// 2^-bits and the scalar is a small integer, so every kernel is exact in double precision, fused or not, in
/// any order, and integers can check it.
struct Element {
  std::int64_t x, y;
  Element(std::size_t i, int bits) {
    constexpr std::uint64_t seed = 25;
    const std::uint64_t random = runoff::splitmix64(seed, i);
    x = static_cast<std::int32_t>(random >> 32) >> (32 - bits);
    y = static_cast<std::int32_t>(random) >> (32 - bits);
  }
};

/// What `kernel` makes of element i, or adds for it.
inline std::int64_t expected(Kernel kernel, std::size_t i, int bits) {
  const Element element(i, bits);
  switch (kernel) {
    case Kernel::triad:
      return element.x + 3 * element.y;
    case Kernel::copy:
      return element.x;
    case Kernel::mul:
      return 3 * element.x;
    case Kernel::add:
      return element.x + element.y;
    case Kernel::dot:
      return element.x * element.y;
  }
  return 0;
}

/// How many of `out`, which `kernel` made of the `size` elements from number `first` on, are not what they
/// should be, in multiples of `unit`.
std::size_t count_wrong(const double* out, Kernel kernel, std::size_t first, std::size_t size, int bits,
                        double unit);

}  // namespace stream
