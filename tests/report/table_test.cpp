#include "report/table.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

TEST(Table, LinesUpByCharactersNotBytes) {
  Table table({Align::right, Align::left, Align::right});
  table.add({{"1"}, {"µs –"}, {"9"}});
  table.add({{"22"}, {"a"}, {"100"}});
  EXPECT_EQ(table.text(Painter(false)),
            "   1  µs –    9\n"
            "  22  a     100\n");
}

TEST(Table, TheLastFieldOfAShortRowMayBeLong) {
  Table table({Align::left, Align::left, Align::left});
  table.add({{"a"}, {"b"}, {"c"}});
  table.add({{"a"}, {"a long remark"}});
  EXPECT_EQ(table.text(Painter(false)), "  a  b  c\n  a  a long remark\n");
}

TEST(Table, ColourTakesNoRoom) {
  Table table({Align::left, Align::left});
  table.add({{"a", Style::bad}, {"b"}});
  table.add({{"aa"}, {"b"}});
  EXPECT_EQ(table.text(Painter(true)), "  \x1b[31ma\x1b[0m   b\n  aa  b\n");
}

}  // namespace
}  // namespace runoff
