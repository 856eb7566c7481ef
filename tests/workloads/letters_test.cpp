#include <gtest/gtest.h>

#include "driven.h"
#include "letters/oracle.h"
#include "letters/text.h"

namespace {

using letters::Totals;
using runoff::testing::Driven;

TEST(Letters, ScoreByHand) {
  // In round 0 of letter 0: "ab" 1 * (1 + 2), "c" 2 * 3, "z" 3 * 26. In round 1: 1 * (26 + 1), 2 * 2, 3 * 25.
  EXPECT_EQ(letters::count_totals("  ab c   z ", 1, 0), (Totals{3, 87}));
  EXPECT_EQ(letters::count_totals("  ab c   z ", 2, 0), (Totals{3, 87 + 106}));
  EXPECT_EQ(letters::count_totals("  ab c   z ", 1, 1), (Totals{3, 106}));
  EXPECT_EQ(letters::count_totals("ab c z", 26, 5), letters::count_totals("ab c z", 26, 0));
  EXPECT_EQ(letters::count_totals("ab c z", 27, 1).score, letters::count_totals("ab c z", 26, 0).score + 106);
  EXPECT_EQ(letters::count_totals("", 3, 0), Totals{});
  EXPECT_EQ(letters::count_totals("   ", 3, 0), Totals{});
}

// Three ways to the same totals: the script's, which ship; the counts; the kernel.
TEST(Letters, TheOraclesAgree) {
  struct Shipped {
    std::size_t size;
    std::uint64_t rounds;
  };
  for (const Shipped one : {Shipped{1 << 10, 1}, {1 << 10, 3}, {4 << 10, 1}, {64 << 10, 3}, {1 << 20, 1}})
    for (std::uint64_t letter = 0; letter < letters::texts; ++letter) {
      std::string text(one.size, '?');
      letters::write_text(text, letter);
      const auto shipped = letters::shipped_totals(one.size, one.rounds, letter);
      ASSERT_TRUE(shipped) << one.size << " " << one.rounds;
      EXPECT_EQ(*shipped, letters::count_totals(text, one.rounds, letter)) << letter;
    }
}

TEST(Letters, TheDefaultSizeIsRight) {
  Driven driven("letters");
  driven.run_shuffled();
  EXPECT_TRUE(driven.check().right) << driven.check().why;
}

TEST(Letters, AreUnevenAndDifferFromTextToText) {
  std::string text(1 << 16, '?');
  letters::write_text(text, 4);
  const auto count = [&text](char letter) { return std::count(text.begin(), text.end(), letter); };
  for (char letter = 'a'; letter <= 'z'; ++letter) EXPECT_GT(count(letter), 0) << letter;
  EXPECT_GT(count('e'), 10 * count('z'));
  EXPECT_GT(count(' '), count('e'));
  std::string other(text.size(), '?');
  letters::write_text(other, 5);
  EXPECT_NE(text, other);
}

TEST(Letters, ADamagedTotalNamesItsLetter) {
  Driven driven("letters", {{"size", "1KiB"}});
  driven.run_shuffled();
  driven.results().at<Totals>(16).score += 1;
  const runoff::Check check = driven.check();
  EXPECT_FALSE(check.right);
  EXPECT_NE(check.why.find("letter q"), std::string::npos) << check.why;
}

TEST(Letters, EmptyTextsHaveNoWords) {
  Driven driven("letters", {{"size", "0B"}});
  driven.run_shuffled();
  EXPECT_EQ(driven.results().at<Totals>(25), Totals{});
  EXPECT_TRUE(driven.check().right);
}

}  // namespace
