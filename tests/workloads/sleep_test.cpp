#include <gtest/gtest.h>
#include <signal.h>
#include <sys/time.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>

#include "driven.h"
#include "runoff/asynchronous.h"
#include "runoff/task_record.h"

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

std::chrono::nanoseconds time_of_all_at_once(Driven& driven) {
  const auto begin = std::chrono::steady_clock::now();
  boost::asio::io_context loop(1);
  const runoff::Asynchronous& workload = *driven.workload().asynchronous();
  for (std::size_t task = 0; task < driven.workload().tasks(); ++task)
    boost::asio::co_spawn(loop, workload.run_async(task, driven.results()), boost::asio::detached);
  loop.run();
  return std::chrono::steady_clock::now() - begin;
}

TEST(Sleep, TheAsynchronousFormWaitsAndAnswersTheSame) {
  Driven driven("sleep", {{"tasks", "100"}, {"duration", "20ms"}});
  EXPECT_GE(time_of_all_at_once(driven), 20ms);
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  EXPECT_EQ(driven.results().at<std::uint64_t>(99), 9801u);
}

TEST(Sleep, AsynchronousTasksWaitTogether) {
  Driven driven("sleep", {{"tasks", "1000"}, {"duration", "100ms"}});
  EXPECT_LT(time_of_all_at_once(driven), 50s) << "of 100 s one after the other";
}

TEST(Sleep, FooWaitsThreeTimesAndBarFive) {
  for (const bool asynchronous : {false, true}) {
    Driven driven("sleep", {{"tasks", "2"}, {"duration", "2ms"}, {"pattern", "foo-bar"}});
    EXPECT_GE(asynchronous ? time_of_all_at_once(driven) : time_of(driven), asynchronous ? 10ms : 16ms);
    EXPECT_TRUE(driven.check().right) << driven.check().why;
    EXPECT_GE(driven.workload().record(driven.results(), 0)->latency_ns, 6'000'000);
    EXPECT_GE(driven.workload().record(driven.results(), 1)->latency_ns, 10'000'000);
  }
}

TEST(Sleep, KeepsARecordOfEveryTask) {
  Driven driven("sleep", {{"tasks", "3"}, {"duration", "1ms"}});
  driven.run_shuffled();
  for (std::size_t task = 0; task < 3; ++task) {
    const runoff::TaskRecord* record = driven.workload().record(driven.results(), task);
    ASSERT_NE(record, nullptr);
    EXPECT_GE(record->latency_ns, 1'000'000);
    EXPECT_EQ(record->failure(), "");
  }
}

TEST(Sleep, ATaskThatDidNotWaitIsWrongAndOneThatFailedIsPassedOver) {
  Driven driven("sleep", {{"tasks", "3"}, {"duration", "1ms"}});
  driven.run_shuffled();
  auto& record = const_cast<runoff::TaskRecord&>(*driven.workload().record(driven.results(), 1));
  record.latency_ns = 999'999;
  EXPECT_EQ(driven.check().why, "task 1 waited 999999 ns, not 1000000");
  record.failed(runoff::TaskRecord::Clock::now(), "no time");
  EXPECT_TRUE(driven.check().right) << driven.check().why;
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
