#include "support/list.h"

#include <gtest/gtest.h>

#include <vector>

namespace runoff {
namespace {

using Words = std::vector<std::string>;

TEST(Listed, NamesAFewOfMany) {
  EXPECT_EQ(listed(Words{}), "");
  EXPECT_EQ(listed(Words{"a"}), "a");
  EXPECT_EQ(listed(Words{"a", "b"}), "a and b");
  EXPECT_EQ(listed(Words{"a", "b", "c", "d"}), "a, b, c and d");
  EXPECT_EQ(listed(Words{"a", "b", "c", "d", "e"}), "a, b, c and 2 others");
  EXPECT_EQ(listed(Words{"a", "b", "c", "d"}, 3), "a, b and 2 others");
}

TEST(Either, IsAChoiceBetweenThem) {
  EXPECT_EQ(either(Words{"a"}), "a");
  EXPECT_EQ(either(Words{"a", "b", "c"}), "a, b or c");
  EXPECT_EQ(either(Words{"a", "b", "c", "d", "e", "f"}), "a, b, c or one of 3 others");
}

}  // namespace
}  // namespace runoff
