#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "runoff/random.h"

namespace letters {

inline constexpr std::size_t texts = 26;

/// What each value of a byte becomes: letters about as frequent as in English, and a space for the rest.
/// Words are separated by one space or more.
inline constexpr std::string_view letter_of_byte =
    "aaaaaaaaaaaaaaaabbbccccccddddddddeeeeeeeeeeeeeeeeeeeeeeeeeeffffg"
    "ggghhhhhhhhhhhhhiiiiiiiiiiiiiijkkllllllllmmmmmnnnnnnnnnnnnnnoooo"
    "ooooooooooooppppqrrrrrrrrrrrrsssssssssssssttttttttttttttttttuuuu"
    "uuvvwwwwwxyyyyz                                                 ";
static_assert(letter_of_byte.size() == 256);

/// Writes text number `letter`: the bytes, lowest first, of the SplitMix64 stream whose seed is the letter's
/// number, each replaced from the table. totals.py writes the same text.
inline void write_text(std::span<char> text, std::uint64_t letter) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 8 == 0) bits = runoff::splitmix64(letter, i / 8);
    text[i] = letter_of_byte[bits & 0xFF];
    bits >>= 8;
  }
}

}  // namespace letters
