#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runoff/random.h"

namespace sqlite {

/// What a row holds after it was written `version` times: random bytes, different for each row and each time.
inline std::string text_of(std::uint64_t row, std::uint64_t version, std::size_t size) {
  const std::uint64_t seed = runoff::splitmix64(row, version);
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t bits = runoff::splitmix64(seed, i / 8);
    text[i] = static_cast<char>(bits >> 8 * (i % 8));
  }
  return text;
}

/// FNV-1a, 64 bits (Fowler, Noll & Vo): what a task keeps of the bytes that it read.
inline std::uint64_t digest_of(std::string_view text) {
  std::uint64_t digest = 0xCBF29CE484222325u;
  for (const char byte : text) digest = (digest ^ static_cast<unsigned char>(byte)) * 0x100000001B3u;
  return digest;
}

}  // namespace sqlite
