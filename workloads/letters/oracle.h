#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace letters {

/// What a text comes to: how many words it has, and its score (see letters.cpp).
struct Totals {
  std::uint64_t words = 0;
  std::uint64_t score = 0;
  bool operator==(const Totals&) const = default;
};

/// The totals that totals.py found, where it was asked for this size and these rounds.
inline std::optional<Totals> shipped_totals(std::uint64_t size, std::uint64_t rounds, std::uint64_t letter) {
  struct Row {
    std::uint64_t size, rounds, letter, words, score;
  };
  static constexpr Row rows[] = {
#include "totals.inc"
  };
  for (const Row& row : rows)
    if (row.size == size && row.rounds == rounds && row.letter == letter) return Totals{row.words, row.score};
  return std::nullopt;
}

/// The totals of any text, by another way than the kernel's: how much each letter weighs over all words is
/// found once, and serves every round.
inline Totals count_totals(std::string_view text, std::uint64_t rounds, std::uint64_t letter) {
  std::array<std::uint64_t, 26> weights{};
  std::uint64_t words = 0;
  for (std::size_t first = text.find_first_not_of(' '); first < text.size();
       first = text.find_first_not_of(' ', first)) {
    const std::size_t last = std::min(text.find(' ', first), text.size());
    ++words;
    for (; first < last; ++first) weights[static_cast<std::size_t>(text[first] - 'a')] += words;
  }
  // How often a letter has each value depends on the rounds modulo 26 alone.
  std::uint64_t score = 0;
  for (std::uint64_t value = 1; value <= 26; ++value)
    for (std::uint64_t round = 0; round < std::min<std::uint64_t>(rounds, 26); ++round)
      score += value * weights[(letter + round + value - 1) % 26] * ((rounds - round + 25) / 26);
  return {words, score};
}

}  // namespace letters
