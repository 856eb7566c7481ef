#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "drivers.h"
#include "runoff/recursive_of.h"

namespace runoff::test {
namespace {

struct Exploded : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Fibonacci's recursion with one call, counted in the order of running, that throws.
struct Mine final : RecursiveOf<Mine, int, int> {
  int root() const { return 16; }
  template <class Fork>
  int solve(int n, Fork& fork) const {
    if (calls.fetch_add(1) == fatal) throw Exploded("call " + std::to_string(fatal));
    if (n < 2) return n;
    const auto [a, b] = fork(n - 1, n - 2);
    return a + b;
  }
  Check check(Results) const override { return Check::ok(); }
  int fatal = -1;
  mutable std::atomic<int> calls{0};
};

std::string what_is_thrown(const std::function<void()>& run) {
  try {
    run();
  } catch (const Exploded& exploded) {
    return exploded.what();
  }
  return "nothing";
}

TEST(Failure, ReachesTheCallerFromAnyNode) {
  Mine mine;
  Bench bench(mine);
  JobStacks stacks(bench.memory(), 4, mine.job());
  for (int fatal = 0; fatal < 3193; fatal = fatal < 10 ? fatal + 1 : fatal * 5 / 4) {
    const std::string expected = "call " + std::to_string(fatal);
    for (unsigned workers : {1u, 2u, 4u}) {
      mine.fatal = fatal;
      mine.calls = 0;
      EXPECT_EQ(what_is_thrown([&] { bench.on_threads(stacks, workers); }), expected);
      // The next execution knows nothing of it.
      mine.fatal = -1;
      bench.on_threads(stacks, workers);
      EXPECT_EQ(bench.result<int>(), 987);
    }
  }
}

TEST(Failure, ReachesTheCallerThroughARuntimesOwnTasks) {
  Mine mine;
  Bench bench(mine);
  for (int fatal : {0, 1, 2, 30}) {
    mine.fatal = fatal;
    mine.calls = 0;
    EXPECT_EQ(what_is_thrown([&] { bench.on_tasks(); }), "call " + std::to_string(fatal));
  }
}

TEST(Failure, ReachesTheCallerFromPlainRecursion) {
  Mine mine;
  Bench bench(mine);
  mine.fatal = 77;
  EXPECT_EQ(what_is_thrown([&] { bench.serially(); }), "call 77");
}

/// All leaves throw, many at the same time.
struct Minefield final : RecursiveOf<Minefield, int, int> {
  int root() const { return 14; }
  template <class Fork>
  int solve(int n, Fork& fork) const {
    if (n < 2) throw Exploded("leaf");
    const auto [a, b] = fork(n - 1, n - 2);
    return a + b;
  }
  Check check(Results) const override { return Check::ok(); }
};

TEST(Failure, CountsOnceWhenManyFail) {
  const Minefield field;
  Bench bench(field);
  JobStacks stacks(bench.memory(), 8, field.job());
  for (int i = 0; i < 300; ++i) EXPECT_EQ(what_is_thrown([&] { bench.on_threads(stacks, 8); }), "leaf");
}

/// One worker throws while the other has an endless supply of forks: it must notice.
struct Endless final : RecursiveOf<Endless, int, int> {
  int root() const { return 0; }
  template <class Fork>
  int solve(int n, Fork& fork) const {
    if (n == 0) {
      const auto [a, b] = fork(1, 2);
      return a + b;
    }
    if (n == 3) return 0;
    (n == 1 ? first : second).store(true);
    while (!first.load() || !second.load()) std::this_thread::yield();
    if (n == 2) throw Exploded("enough");
    for (;;) fork(3, 3);
  }
  Check check(Results) const override { return Check::ok(); }
  mutable std::atomic<bool> first{false}, second{false};
};

TEST(Failure, StopsTheOthers) {
  Endless endless;
  Bench bench(endless);
  EXPECT_EQ(what_is_thrown([&] { bench.on_threads(2); }), "enough");
  endless.first = endless.second = false;
  EXPECT_EQ(what_is_thrown([&] { bench.on_threads(3); }), "enough");
}

}  // namespace
}  // namespace runoff::test
