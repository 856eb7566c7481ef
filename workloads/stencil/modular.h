#pragma once

#include <cstdint>
#include <utility>
#include <vector>

/// Arithmetic modulo the Mersenne prime 2^61 - 1.
namespace modular {

inline constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;

constexpr std::uint64_t add(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t sum = a + b;
  return sum >= prime ? sum - prime : sum;
}

constexpr std::uint64_t negate(std::uint64_t a) { return a == 0 ? 0 : prime - a; }

constexpr std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
  return static_cast<std::uint64_t>(static_cast<unsigned __int128>(a) * b % prime);
}

/// A polynomial modulo x^n - 1: n coefficients, shifts wrap around.
using Ring = std::vector<std::uint64_t>;

inline Ring multiply(const Ring& a, const Ring& b) {
  Ring product(a.size(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::uint64_t& sum = product[i + j < a.size() ? i + j : i + j - a.size()];
      sum = add(sum, multiply(a[i], b[j]));
    }
  }
  return product;
}

inline Ring power(Ring base, std::uint64_t exponent) {
  Ring result(base.size(), 0);
  result[0] = 1;
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1) result = multiply(result, base);
    if (exponent > 1) base = multiply(base, base);
  }
  return result;
}

}  // namespace modular
