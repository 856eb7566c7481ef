#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "runoff/scheduling/chunk_loop.h"
#include "runoff/scheduling/submit_all.h"

namespace runoff {
namespace {

std::string what_of(const auto& call) {
  try {
    call();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "nothing";
}

/// Runs each callable on a thread of its own.
struct Threads {
  std::vector<std::jthread> threads;
  void operator()(auto function) { threads.emplace_back(std::move(function)); }
};

TEST(SubmitAll, CallsEachOnceAndWaitsForAll) {
  for (const std::size_t count : {0U, 1U, 17U}) {
    std::vector<std::atomic<int>> calls(count);
    submit_all(count, Threads(), [&](std::size_t i) { ++calls[i]; });
    for (const auto& one : calls) EXPECT_EQ(one, 1);
  }
}

TEST(SubmitAll, ThrowsTheFirstExceptionAndPassesOverTheRest) {
  std::vector<std::size_t> called;
  const auto submit = [](auto function) { function(); };
  EXPECT_EQ(what_of([&] {
              submit_all(9, submit, [&](std::size_t i) {
                called.push_back(i);
                if (i >= 3) throw std::runtime_error("call " + std::to_string(i));
              });
            }),
            "call 3");
  EXPECT_EQ(called, (std::vector<std::size_t>{0, 1, 2, 3}));
}

TEST(SubmitAll, ThrowsWhatThePoolThrowsWhenThoseItTookHaveReturned) {
  std::atomic<int> begun{0}, returned{0};
  Threads threads;
  std::size_t taken = 0;
  const auto submit = [&](auto function) {
    if (++taken > 3) throw std::runtime_error("the pool is full");
    threads(std::move(function));
  };
  EXPECT_EQ(what_of([&] {
              submit_all(9, submit, [&](std::size_t) {
                ++begun;
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                ++returned;
              });
            }),
            "the pool is full");
  EXPECT_EQ(returned, begun);  // those that had not begun are passed over
}

TEST(ChunkLoop, RunsEachTaskOnceOnHoweverManyThreads) {
  ChunkLoop loop;
  for (const std::size_t tasks : {0U, 1U, 1000U}) {
    std::vector<std::atomic<int>> runs(tasks);
    loop.begin(tasks, 4);
    {
      Threads threads;
      for (int i = 0; i < 4; ++i)
        threads([&] {
          loop.work([&](Range some) {
            for (std::size_t task = some.first; task < some.last; ++task) ++runs[task];
          });
        });
    }
    EXPECT_NO_THROW(loop.end());
    for (const auto& one : runs) EXPECT_EQ(one, 1);
  }
}

TEST(ChunkLoop, StopsAtAnExceptionThrowsItAndGoesOnAfterwards) {
  ChunkLoop loop;
  loop.begin(1000, 1);
  std::size_t ran = 0;
  loop.work([&](Range some) {
    ran += some.size();
    throw std::runtime_error("a chunk threw");
  });
  loop.work([&](Range some) { ran += some.size(); });
  EXPECT_EQ(ran, 500U);  // half of what is left, for one worker
  EXPECT_EQ(what_of([&] { loop.end(); }), "a chunk threw");
  loop.begin(3, 1);
  loop.work([&](Range some) { ran += some.size(); });
  EXPECT_NO_THROW(loop.end());
  EXPECT_EQ(ran, 503U);
}

}  // namespace
}  // namespace runoff
