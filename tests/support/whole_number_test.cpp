#include "support/whole_number.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

TEST(WholeNumber, OnlyDecimalDigitsWithinTheLimits) {
  const auto seed = whole_number(0);
  for (const auto& [given, kept] : {std::pair{"0", "0"},
                                    {"7", "7"},
                                    {"010", "10"},
                                    {"0000", "0"},
                                    {"18446744073709551615", "18446744073709551615"}}) {
    std::string text = given;
    EXPECT_EQ(seed(text), "") << given;
    EXPECT_EQ(text, kept);
  }
  for (const char* given : {"", "-1", "-0", "+1", " 1", "1 ", "0x10", "1e3", "1.0", "one",
                            "18446744073709551616", "99999999999999999999999", "-18446744073709551615"}) {
    std::string text = given;
    EXPECT_EQ(seed(text),
              "'" + std::string(given) + "' is none; it takes a whole number from 0 to 18446744073709551615");
  }
  const auto few = whole_number(1, 20);
  for (const char* given : {"0", "21", "00"}) {
    std::string text = given;
    EXPECT_NE(few(text), "") << given;
  }
}

}  // namespace
}  // namespace runoff
