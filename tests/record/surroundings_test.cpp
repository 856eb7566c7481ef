#include "record/surroundings.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

constexpr std::int64_t ms = 1'000'000;

Surroundings during(std::int64_t milliseconds) {
  Surroundings seen;
  seen.observed_ns = milliseconds * ms;
  return seen;
}

TEST(Disturbances, NothingKnownIsNothingSaid) {
  EXPECT_EQ(name_disturbances({}, 2), "");
  EXPECT_EQ(name_disturbances(during(100), 2), "");
}

TEST(Disturbances, ATenthOfACoreOrWhatTicksCannotMakeUp) {
  const auto others = [](std::int64_t observed, std::int64_t used, std::size_t cpus) {
    Surroundings seen = during(observed);
    seen.other_cpu_ns = used * ms;
    return name_disturbances(seen, cpus);
  };
  EXPECT_EQ(others(1000, 99, 2), "");
  EXPECT_EQ(others(1000, 101, 2), "others");
  EXPECT_EQ(others(100, 20, 2), "");  // two ticks may be chance
  EXPECT_EQ(others(100, 30, 2), "others");
  EXPECT_EQ(others(100, 90, 64), "");    // more processors, more ticks
  EXPECT_EQ(others(1000, 200, 64), "");  // a large machine's own services
  EXPECT_EQ(others(1000, 2000, 64), "others");
}

TEST(Disturbances, EachHasItsWord) {
  Surroundings seen = during(1000);
  seen.other_cpu_ns = seen.steal_ns = 300 * ms;
  seen.throttled_ns = seen.memory_stall_ns = 20 * ms;
  EXPECT_EQ(name_disturbances(seen, 2), "others;steal;quota;memory");
  seen.other_cpu_ns = seen.steal_ns = 40 * ms;
  seen.throttled_ns = seen.memory_stall_ns = 5 * ms;
  EXPECT_EQ(name_disturbances(seen, 2), "");
}

}  // namespace
}  // namespace runoff
