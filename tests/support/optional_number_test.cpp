#include "support/optional_number.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>

namespace runoff {
namespace {

TEST(OptionalNumber, IsWhatAnOptionalIsInHalfOfTheMemory) {
  static_assert(2 * sizeof(OptionalNumber) == sizeof(std::optional<std::int64_t>));
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::min() + 1,
        std::numeric_limits<std::int64_t>::max()}) {
    const OptionalNumber known(number);
    const std::optional<std::int64_t> oracle(number);
    EXPECT_EQ(known.has_value(), oracle.has_value());
    EXPECT_EQ(*known, *oracle);
    EXPECT_EQ(known.value_or(7), oracle.value_or(7));
    EXPECT_EQ(OptionalNumber(oracle), known);
    EXPECT_NE(OptionalNumber(), known);
  }
  for (const OptionalNumber none :
       {OptionalNumber(), OptionalNumber(std::nullopt), OptionalNumber(std::optional<std::int64_t>())}) {
    EXPECT_FALSE(none);
    EXPECT_EQ(none.value_or(7), 7);
    EXPECT_EQ(none, OptionalNumber());
    EXPECT_THROW(none.value(), std::bad_optional_access);
  }
}

TEST(OptionalNumber, CanBeTakenBack) {
  OptionalNumber number = 3;
  number.reset();
  EXPECT_FALSE(number.has_value());
}

}  // namespace
}  // namespace runoff
