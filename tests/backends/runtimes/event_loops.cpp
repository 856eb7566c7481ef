#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "awaiting.h"
#include "module.h"
#include "process.h"
#include "workloads.h"

namespace {

using boost::asio::awaitable;

std::map<std::string, std::string> in_flight(std::size_t tasks) {
  return {{"in-flight", std::to_string(tasks)}};
}

awaitable<void> nothing(std::size_t) { co_return; }

}  // namespace

TEST(EventLoop, RunsEachTaskExactlyOnce) {
  for (const unsigned workers : {1u, 2u, 8u})
    for (const std::size_t tasks : {0u, 1u, 3u, 1000u})
      for (const std::size_t most : {1u, 7u, 1'000'000u}) {
        std::atomic<bool> awaits{true};
        const Awaiting workload(tasks, [&](std::size_t task) -> awaitable<void> {
          if (awaits && task % 3 == 0) co_await await([again = 1]() mutable { return again-- == 0; });
        });
        Running running(workload, workers, in_flight(most));
        for (int execution = 1; execution <= 4; ++execution) {
          awaits = execution % 2 == 0;
          running.execute();
          for (std::size_t task = 0; task < tasks; ++task) ASSERT_EQ(workload.runs(task), execution);
        }
        EXPECT_EQ(workload.blocking_runs(), 0u);
        EXPECT_EQ(workload.wanderers(), 0u) << "a task stays on its loop";
        EXPECT_LE(workload.shares().size(), workers);
        EXPECT_LE(workload.most_on_a_loop(), most);
      }
}

// No task goes on before all places are taken, so the test ends only where they are.
TEST(EventLoop, HasAsManyTasksInFlightAsItMay) {
  for (const unsigned workers : {1u, 2u, 4u})
    for (const std::size_t most : {1u, 7u, 100u}) {
      std::atomic<bool> full{false};
      const Awaiting* all = nullptr;
      const Awaiting workload(5 * most * workers, [&](std::size_t) {
        return await([&] {
          if (all->under_way() == most * workers) full = true;  // and never false again
          return full.load();
        });
      });
      all = &workload;
      Running running(workload, workers, in_flight(most));
      running.execute();
      EXPECT_EQ(workload.most_on_a_loop(), most);
    }
}

// 26 tasks that wait for each other: loops that are late still get their share.
TEST(EventLoop, DealsFewTasksOutEvenly) {
  for (const auto& [workers, tasks, share] : {std::array{2u, 26u, 13u}, {8u, 8u, 1u}, {4u, 4000u, 1000u}}) {
    std::atomic<std::size_t> arrived{0}, all{0};
    const Awaiting workload(tasks, [&](std::size_t) {
      ++arrived;
      return await([&] { return arrived >= all; });
    });
    Running running(workload, workers);
    for (int execution = 1; execution <= 3; ++execution) {
      all += tasks;
      running.execute();
      const auto shares = workload.shares();
      ASSERT_EQ(shares.size(), workers);
      for (const auto& [thread, tasks_of_it] : shares) EXPECT_EQ(tasks_of_it, share);
    }
  }
}

TEST(EventLoop, CarriesAnExceptionToTheCallerWhenNoTaskIsUnderWay) {
  for (const unsigned workers : {1u, 2u, 8u}) {
    std::atomic<bool> fail{true}, thrown{false};
    // Those under way wait for the one that throws. Each that begins after it takes so long that all of them
    // would take seconds.
    const Awaiting workload(100'000, [&](std::size_t task) -> awaitable<void> {
      if (!fail) co_return;
      if (task == 5) {
        thrown = true;
        throw std::runtime_error("no luck");
      }
      const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(thrown ? 20 : 0);
      co_await await([&] { return thrown && std::chrono::steady_clock::now() >= until; });
    });
    Running running(workload, workers, in_flight(50));
    try {
      running.execute();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "no luck");
    }
    EXPECT_EQ(workload.under_way(), 0u) << "those that had begun ended first";
    EXPECT_EQ(workload.runs(99'999), 0) << "those that had not were dropped";
    fail = false;
    running.execute();
    EXPECT_EQ(workload.runs(99'999), 1) << "the next execution is whole again";
  }
}

TEST(EventLoop, CarriesWhateverATaskThrows) {
  const Awaiting workload(100, [](std::size_t task) -> awaitable<void> {
    if (task == 50) throw 7;
    co_return;
  });
  Running running(workload, 2);
  EXPECT_THROW(running.execute(), int);
}

TEST(EventLoop, RefusesTasksThatBlock) {
  const Tasks workload(10);
  try {
    Running running(workload, 2);
    ADD_FAILURE() << "it takes them";
  } catch (const runoff::Unsupported& unsupported) {
    EXPECT_NE(std::string(unsupported.what()).find("has no asynchronous form"), std::string::npos);
  }
  EXPECT_EQ(workload.runs(0), 0);
  const Steps graph(2, 2);
  EXPECT_THROW(Running(graph, 2), runoff::Unsupported);
}

TEST(EventLoop, HasOneThreadForEachWorker) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer has a thread of its own";
#endif
  for (const unsigned workers : {1u, 2u, 200u}) {
    const Awaiting workload(400, nothing);
    {
      Running running(workload, workers);
      running.execute();
      EXPECT_EQ(threads_now(), workers);
    }
    wait_until([] { return threads_now() == 1; });  // the kernel lets go of a thread a little after join
  }
}

TEST(EventLoop, EndsWithoutHavingRun) {
  const Awaiting workload(10, nothing);
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer has a thread of its own";
#endif
  for (int i = 0; i < 100; ++i) Running(workload, 4);
  wait_until([] { return threads_now() == 1; });
}

TEST(EventLoop, SleepsWhileIdle) {
  const Awaiting workload(100, nothing);
  Running running(workload, 4);
  running.execute();
  const double before = processor_ms();
  ::usleep(500'000);
  EXPECT_LT(processor_ms() - before, 50) << "of 500 ms";
}
