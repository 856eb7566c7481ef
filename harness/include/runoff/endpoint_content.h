#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "runoff/random.h"

namespace runoff {

/// FNV-1a, 64 bits (Fowler, Noll & Vo).
constexpr std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return hash;
}

/// What the built-in endpoint answers to a path: text that its clients can make again, whole or in part.
///
/// Lines of 64 characters, cut where the size ends: 47 times the path's letter, 16 lower-case hexadecimal
/// digits, a line break. The letter is the path's first that is a lower-case one ("/a.txt": 'a'), else 'x'.
/// The digits of line k (from 0) are those of splitmix64(fnv1a(path), k). The path begins with its slash and
/// ends before the '?'.
class EndpointContent {
 public:
  explicit EndpointContent(std::string_view path) : seed_(fnv1a(path)) {
    const auto letter = std::find_if(path.begin(), path.end(), [](char c) { return 'a' <= c && c <= 'z'; });
    if (letter != path.end()) letter_ = *letter;
  }

  /// Writes the characters from `offset` on; any part can be had without those before it.
  void write(std::size_t offset, std::span<char> into) const {
    for_each_line(offset, into.size(), [&](std::size_t at, std::string_view part) {
      std::memcpy(into.data() + at, part.data(), part.size());
    });
  }

  /// Whether `text` is what stands from `offset` on.
  bool matches(std::size_t offset, std::string_view text) const {
    bool equal = true;
    for_each_line(offset, text.size(), [&](std::size_t at, std::string_view part) {
      equal = equal && std::memcmp(text.data() + at, part.data(), part.size()) == 0;
    });
    return equal;
  }

  std::string text(std::size_t size) const {
    std::string all(size, '\0');
    write(0, all);
    return all;
  }

 private:
  static constexpr std::size_t line_length = 64;
  static constexpr std::size_t digits = 16;

  template <class Visit>
  void for_each_line(std::size_t offset, std::size_t size, Visit visit) const {
    std::array<char, line_length> line;
    line.fill(letter_);
    line.back() = '\n';
    for (std::size_t at = 0; at < size;) {
      const std::size_t place = offset + at;
      const std::size_t first = place % line_length;
      const std::size_t length = std::min(line_length - first, size - at);
      write_digits(splitmix64(seed_, place / line_length), line.data() + line_length - 1 - digits);
      visit(at, std::string_view(line.data() + first, length));
      at += length;
    }
  }

  /// Eight digits at once: nibbles spread over the bytes of a word, from 0-15 to '0'-'9' and 'a'-'f'.
  static void write_digits(std::uint64_t number, char* to) {
    for (const std::uint64_t half : {number >> 32, number & 0xFFFFFFFF}) {
      std::uint64_t nibbles = (half << 16 | half) & 0x0000FFFF0000FFFF;
      nibbles = (nibbles << 8 | nibbles) & 0x00FF00FF00FF00FF;
      nibbles = (nibbles << 4 | nibbles) & 0x0F0F0F0F0F0F0F0F;
      const std::uint64_t letters = (nibbles + 0x0606060606060606) >> 4 & 0x0101010101010101;
      const std::uint64_t text = __builtin_bswap64(nibbles + 0x3030303030303030 + letters * ('a' - '0' - 10));
      std::memcpy(to, &text, sizeof(text));
      to += sizeof(text);
    }
  }

  std::uint64_t seed_;
  char letter_ = 'x';
};

}  // namespace runoff
