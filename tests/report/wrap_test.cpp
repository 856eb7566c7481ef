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

TEST(Wrapped, CountsCharactersNotBytes) { EXPECT_EQ(wrapped("µµ µµ µ", "", 5), "µµ µµ\nµ"); }

TEST(Wrapped, AWordThatIsTooLongStandsAlone) {
  EXPECT_EQ(wrapped("a tremendous word", "  ", 6), "a\n  tremendous\n  word");
  EXPECT_EQ(wrapped("tremendous", "", 3), "tremendous");
}

}  // namespace
}  // namespace runoff
