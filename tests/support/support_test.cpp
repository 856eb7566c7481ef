#include <gtest/gtest.h>

#include "support/nearest.h"
#include "support/text.h"

namespace runoff {
namespace {

using Texts = std::vector<std::string>;

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("tbb", "tbbb"), 1U);
  EXPECT_EQ(edit_distance("tbb", "bt"), 2U);
  EXPECT_EQ(edit_distance("fork", "frok"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Suggestion, NamesTheNearestOrAll) {
  const Texts known{"openmp", "openmp-llvm", "tbb"};
  EXPECT_EQ(suggestion("tbbb", known), "; did you mean 'tbb'?");
  EXPECT_EQ(suggestion("opnemp", known), "; did you mean 'openmp'?");
  EXPECT_EQ(suggestion("xyzzy", known), "; known: openmp, openmp-llvm, tbb");
  EXPECT_EQ(suggestion("x", Texts{}), "");
}

TEST(Text, SplitsKeepingEmptyParts) {
  EXPECT_EQ(split("a:b;c", ":;"), (Texts{"a", "b", "c"}));
  EXPECT_EQ(split("a,,", ","), (Texts{"a", "", ""}));
  EXPECT_EQ(split("", ","), Texts{""});
}

TEST(Text, ReadsPairs) {
  EXPECT_TRUE(parse_pairs("").empty());
  EXPECT_EQ(parse_pairs("n=10;from=a=b"), (Pairs{{"n", "10"}, {"from", "a=b"}}));
}

TEST(Text, JoinsPairs) {
  EXPECT_EQ(join_pairs({}), "");
  EXPECT_EQ(join_pairs({{"n", "10"}, {"from", "a=b"}}), "n=10;from=a=b");
}

TEST(Text, PrintableTextSteersNoTerminal) {
  EXPECT_EQ(printable("\x1b[31mred\a\t\x7f é\u00a0\r\n"), " [31mred    é\u00a0  ");
  EXPECT_EQ(printable("\u009b31m\u0080 \u009f"), "  31m     ");  // the same, as one character
  EXPECT_EQ(printable("half \xC2"), "half \xC2");
  EXPECT_EQ(printable("a\u202eb\u2066c\u2028\u2069"), "a   b   c      ");  // right to left, and lines
  EXPECT_EQ(printable("\u2027 \u202f \u2065 \u206a \xE2\x80"), "\u2027 \u202f \u2065 \u206a \xE2\x80");
}

TEST(Text, OneLineKeepsBeginningAndEnd) {
  EXPECT_EQ(one_line("  a\nb\t\n"), "a b");
  EXPECT_EQ(one_line("\n\n"), "");
  EXPECT_EQ(one_line("----------\n  no file\n\n-- a --\n=====\r\n"), "no file -- a --");
  EXPECT_EQ(one_line("abcdef", 6), "abcdef");
  EXPECT_EQ(one_line("abcdef", 4), "ab…ef");
  EXPECT_EQ(one_line("abcdef", 3), "a…ef");
  EXPECT_EQ(one_line("éaaaé", 3), "…é");  // never half a character
  EXPECT_EQ(one_line("aéaé", 4), "a…é");
}

TEST(Text, FormatsForPeople) {
  EXPECT_EQ(format_bytes(12), "12 B");
  EXPECT_EQ(format_bytes(1536), "1.50 KiB");
  EXPECT_EQ(format_bytes(std::int64_t{3} << 30), "3.00 GiB");
  EXPECT_EQ(format_time(std::chrono::milliseconds(400)), "0.4 s");
  EXPECT_EQ(format_time(std::chrono::seconds(125)), "2 min 5 s");
  EXPECT_EQ(format_time(std::chrono::seconds(7300)), "2 h 1 min");
}

}  // namespace
}  // namespace runoff
