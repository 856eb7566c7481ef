#include "report/table.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

TEST(Table, LinesUpByCharactersNotBytes) {
  Table table({Align::right, Align::left, Align::right});
  table.add({{"1"}, {"µs –"}, {"9"}});
  table.add({{"22"}, {"a"}, {"100"}});
  EXPECT_EQ(table.text(Page()),
            "   1  µs –    9\n"
            "  22  a     100\n");
}

TEST(Table, TheLastFieldOfAShortRowMayBeLong) {
  Table table({Align::left, Align::left, Align::left});
  table.add({{"a"}, {"b"}, {"c"}});
  table.add({{"a"}, {"a long remark"}});
  EXPECT_EQ(table.text(Page()), "  a  b  c\n  a  a long remark\n");
}

TEST(Table, ColourTakesNoRoom) {
  Table table({Align::left, Align::left});
  table.add({{"a", Style::bad}, {"b"}});
  table.add({{"aa"}, {"b"}});
  EXPECT_EQ(table.text(Page{.paint = Painter(true)}), "  \x1b[31ma\x1b[0m   b\n  aa  b\n");
}

TEST(Table, ColumnsThatCanBeSparedGoWhereTheTerminalIsTooNarrow) {
  Table table({Align::left, {Align::left, 1}, {Align::left, 2}, {Align::left, 2}, Align::left});
  table.add({{"name"}, {"one"}, {"two"}, {"three"}, {"end"}});
  table.add({{"name"}, {"a remark that may be as long as it likes"}});
  const auto at = [&table](std::size_t width) {
    const std::string text = table.text(Page{.terminal = width});
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(at(28), "  name  one  two  three  end");
  EXPECT_EQ(at(27), "  name  one  two  end");
  EXPECT_EQ(at(20), "  name  one  end");
  EXPECT_EQ(at(15), "  name  end");
  EXPECT_EQ(at(1), "  name  end");
  EXPECT_NE(table.text(Page{.terminal = 1}).find("\n  name  a remark that may"), std::string::npos);
  EXPECT_NE(table.text(Page()).find("three"), std::string::npos);
}

}  // namespace
}  // namespace runoff
