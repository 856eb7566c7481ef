#include <gtest/gtest.h>
#include <signal.h>
#include <sys/time.h>

#include <chrono>
#include <cstdint>

#include "driven.h"

namespace {

using runoff::testing::Driven;
using namespace std::chrono_literals;

std::chrono::nanoseconds time_of(Driven& driven) {
  const auto begin = std::chrono::steady_clock::now();
  driven.workload().run({0, driven.workload().tasks()}, driven.results());
  return std::chrono::steady_clock::now() - begin;
}

TEST(Sleep, AnswersTheSquares) {
  Driven driven("sleep", {{"duration", "0ns"}});
  driven.run_shuffled();
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < 10; ++i) sum += driven.results().at<std::uint64_t>(i);
  EXPECT_EQ(sum, 285u);  // (n - 1) n (2 n - 1) / 6
  EXPECT_EQ(driven.results().at<std::uint64_t>(9), 81u);
}

TEST(Sleep, EveryTaskWaitsAtLeastItsTime) {
  Driven driven("sleep", {{"tasks", "4"}, {"duration", "5ms"}});
  EXPECT_GE(time_of(driven), 20ms);
}

TEST(Sleep, SignalsDoNotCutItShort) {
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = [](int) {};
  ASSERT_EQ(::sigaction(SIGALRM, &action, &before), 0);
  const itimerval often{{0, 2'000}, {0, 2'000}};
  const itimerval never{};
  Driven driven("sleep", {{"tasks", "1"}, {"duration", "50ms"}});
  ASSERT_EQ(::setitimer(ITIMER_REAL, &often, nullptr), 0);
  const auto time = time_of(driven);
  ASSERT_EQ(::setitimer(ITIMER_REAL, &never, nullptr), 0);
  ASSERT_EQ(::sigaction(SIGALRM, &before, nullptr), 0);
  EXPECT_GE(time, 50ms);
  EXPECT_TRUE(driven.check().right);
}

}  // namespace
