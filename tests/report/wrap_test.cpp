#include "report/wrap.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

TEST(Wrapped, BreaksBetweenWords) {
  EXPECT_EQ(wrapped("one two three", "", 7), "one two\nthree");
  EXPECT_EQ(wrapped("one two three", "  ", 7), "one two\n  three");
  EXPECT_EQ(wrapped("one two three", "", 13), "one two three");
}

TEST(Wrapped, CountsWhatStandsInTheFirstLine) {
  EXPECT_EQ(wrapped("one two three", "", 9, 4), "one\ntwo three");
  EXPECT_EQ(wrapped(" one two", " ", 8, 5), "\n one two");
  EXPECT_EQ(wrapped(" one two", " ", 9, 5), " one\n two");
}

TEST(Wrapped, LeavesNoSpacesAtTheEndsOfLines) {
  EXPECT_EQ(wrapped("one  ·  two", "  ", 6), "one  ·\n  two");
  EXPECT_EQ(wrapped("one  ·  two", "", 5), "one\n·\ntwo");
}

TEST(Wrapped, ANumberKeepsItsUnit) {
  EXPECT_EQ(wrapped("it takes 12.5 ms", "", 13), "it takes\n12.5 ms");
  EXPECT_EQ(wrapped("so (95 % sure: 1 to 2 ×)", "", 8), "so (95 %\nsure:\n1 to\n2 ×)");
  EXPECT_EQ(wrapped("n=1000 in 5", "", 8), "n=1000\nin 5");
  EXPECT_EQ(wrapped("in 5  ·  a", "", 5), "in 5\n·  a");
}

TEST(Wrapped, CountsCharactersNotBytes) { EXPECT_EQ(wrapped("µµ µµ µ", "", 5), "µµ µµ\nµ"); }

TEST(Wrapped, AWordThatIsTooLongStandsAlone) {
  EXPECT_EQ(wrapped("a tremendous word", "  ", 6), "a\n  tremendous\n  word");
  EXPECT_EQ(wrapped("tremendous", "", 3), "tremendous");
}

}  // namespace
}  // namespace runoff
