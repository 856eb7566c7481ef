#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <new>
#include <queue>
#include <thread>
#include <vector>

#include "drivers.h"
#include "runoff/scheduling/submit_all.h"
#include "runoff/submitted_task_groups.h"

namespace runoff::test {
namespace {

/// A pool that runs in threads of its own, in any order, what it was given.
class Pool {
 public:
  explicit Pool(unsigned threads) {
    while (threads_.size() < threads)
      threads_.emplace_back([this](const std::stop_token& end) { serve(end); });
  }
  void submit(std::function<void()> function) {
    {
      const std::lock_guard guard(mutex_);
      functions_.push(std::move(function));
    }
    changed_.notify_one();
  }

 private:
  void serve(const std::stop_token& end) {
    for (;;) {
      std::unique_lock guard(mutex_);
      if (!changed_.wait(guard, end, [this] { return !functions_.empty(); })) return;
      const std::function<void()> function = std::move(functions_.front());
      functions_.pop();
      guard.unlock();
      function();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::queue<std::function<void()>> functions_;
  std::vector<std::jthread> threads_;
};

constexpr int number = 16;
constexpr std::int64_t fibonacci = 987;

TEST(SubmittedTaskGroups, SolveARecursionOnPoolsThatAllWait) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    Pool pool(threads);
    const auto submit = [&pool](auto function) { pool.submit(std::move(function)); };
    const Fib fib(number);
    Bench bench(fib);
    SubmittedTaskGroups groups(submit);
    submit_all(1, submit,
               [&](std::size_t) { static_cast<const Recursive&>(fib).solve(groups, bench.results()); });
    EXPECT_EQ(bench.result<std::int64_t>(), fibonacci) << threads << " threads";
  }
}

TEST(SubmittedTaskGroups, RunWhatThePoolIsLateWithAndTheLateCallsFindNothingToDo) {
  std::vector<std::function<void()>> late;
  const Fib fib(number);
  {
    Bench bench(fib);
    SubmittedTaskGroups groups([&late](auto function) { late.emplace_back(std::move(function)); });
    static_cast<const Recursive&>(fib).solve(groups, bench.results());
    EXPECT_EQ(bench.result<std::int64_t>(), fibonacci);
  }
  EXPECT_GT(late.size(), 900U);  // a fork for each call of fib that forks
  for (const auto& function : late) function();
}

TEST(SubmittedTaskGroups, RunEachJobOnceWhereThePoolTakesNoneOrSome) {
  std::size_t submitted = 0;
  struct Counted : TaskGroups::Jobs {
    std::vector<int> runs;
  } jobs;
  jobs.runs.resize(9);
  jobs.run = [](TaskGroups::Jobs& of, std::size_t job) { ++static_cast<Counted&>(of).runs[job]; };
  SubmittedTaskGroups groups([&submitted](auto function) {
    if (++submitted > 4) throw std::bad_alloc();
    function();
  });
  groups.fork(jobs, jobs.runs.size());
  EXPECT_EQ(jobs.runs, std::vector<int>(9, 1));
  groups.fork(jobs, 1);
  EXPECT_EQ(jobs.runs.front(), 2);
}

}  // namespace
}  // namespace runoff::test
