#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

/// SHA-1 (FIPS 180-4, 6.1) of messages that fit one block, in words as the standard has them. (A library's
/// takes several times as long for so little.)
namespace uts {

using Digest = std::array<std::uint32_t, 5>;

/// The digest of a message of `words` words, at most 13.
template <std::size_t words>
Digest sha1(const std::array<std::uint32_t, words>& message) {
  static_assert(words <= 13);
  std::array<std::uint32_t, 16> w{};
  for (std::size_t i = 0; i < words; ++i) w[i] = message[i];
  w[words] = 0x80000000;  // the padding's first bit
  w[15] = words * 32;     // the message's length in bits

  constexpr Digest initial{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  // Not a structured binding: Clang before 16 captures none.
  std::uint32_t a = initial[0], b = initial[1], c = initial[2], d = initial[3], e = initial[4];
  const auto round = [&](int t, std::uint32_t f, std::uint32_t k) {
    std::uint32_t& word = w[t % 16];
    if (t >= 16) word = std::rotl(w[(t - 3) % 16] ^ w[(t - 8) % 16] ^ w[(t - 14) % 16] ^ word, 1);
    const std::uint32_t sum = std::rotl(a, 5) + f + e + k + word;
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = sum;
  };
#pragma GCC unroll 20
  for (int t = 0; t < 20; ++t) round(t, d ^ (b & (c ^ d)), 0x5a827999);
#pragma GCC unroll 20
  for (int t = 20; t < 40; ++t) round(t, b ^ c ^ d, 0x6ed9eba1);
#pragma GCC unroll 20
  for (int t = 40; t < 60; ++t) round(t, (b & c) | (d & (b | c)), 0x8f1bbcdc);
#pragma GCC unroll 20
  for (int t = 60; t < 80; ++t) round(t, b ^ c ^ d, 0xca62c1d6);
  return {a + initial[0], b + initial[1], c + initial[2], d + initial[3], e + initial[4]};
}

}  // namespace uts
