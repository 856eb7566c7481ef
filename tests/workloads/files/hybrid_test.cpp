#include <vector>

#include "in_temporary.h"
#include "runoff/task_record.h"

namespace {

using runoff::testing::Driven;
using namespace runoff::testing;
using namespace std::chrono_literals;

/// Which tasks waited.
std::vector<bool> waiting_tasks(Driven& driven, std::chrono::nanoseconds duration) {
  std::vector<bool> waiting;
  for (std::size_t task = 0; task < driven.workload().tasks(); ++task) {
    // What computes here takes next to nothing, but on a loaded machine it may be interrupted for long; so
    // the shortest of a few times counts.
    bool waits = true;
    for (int i = 0; i < 5 && waits; ++i) {
      driven.workload().run({task, task + 1}, driven.results());
      waits = driven.workload().record(driven.results(), task)->latency_ns >= duration.count();
    }
    waiting.push_back(waits);
  }
  return waiting;
}

TEST(Hybrid, CountsThePrimesBetweenOneAndTwoMillion) {
  Driven driven("hybrid", {{"tasks", "10"}, {"cpu-share", "100"}, {"work", "100000"}});
  driven.run_shuffled();
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  std::uint64_t primes = 0;
  for (std::size_t task = 0; task < 10; ++task) {
    std::uint32_t counted;  // after the task's own number
    std::memcpy(&counted, driven.results().bytes(task).data() + 8, sizeof(counted));
    primes += counted;
  }
  EXPECT_EQ(primes, 148'933u - 78'498u);  // pi(2 000 000) - pi(1 000 000)
}

TEST(Hybrid, HasTheShareThatWasAskedForInNoRegularOrder) {
  Driven driven("hybrid", {{"tasks", "30"}, {"cpu-share", "40"}, {"work", "1"}, {"duration", "2ms"}});
  const std::vector<bool> waiting = waiting_tasks(driven, 2ms);
  EXPECT_EQ(std::count(waiting.begin(), waiting.end(), true), 18);
  std::set<std::size_t> runs;  // lengths of runs of one kind
  for (std::size_t first = 0; first < waiting.size();) {
    std::size_t last = first;
    while (last < waiting.size() && waiting[last] == waiting[first]) ++last;
    runs.insert(last - first);
    first = last;
  }
  EXPECT_GT(runs.size(), 2u);
  EXPECT_LT(*runs.rbegin(), 12u);
}

TEST(Hybrid, MayOnlyWait) {
  Driven driven("hybrid", {{"tasks", "3"}, {"cpu-share", "0"}, {"duration", "3ms"}});
  const auto begin = std::chrono::steady_clock::now();
  driven.run_shuffled();
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 9ms);
  EXPECT_TRUE(driven.check().right) << driven.check().why;
}

TEST(Hybrid, NoticesAWaitThatWasTooShort) {
  Driven driven("hybrid", {{"tasks", "1"}, {"cpu-share", "0"}, {"duration", "1ms"}});
  driven.run_shuffled();
  EXPECT_TRUE(driven.check().right) << driven.check().why;
  const_cast<runoff::TaskRecord*>(driven.workload().record(driven.results(), 0))->latency_ns = 999'999;
  EXPECT_EQ(driven.check().why, "task 0 waited 999999 ns, not 1000000");
}

TEST(Hybrid, RefusesNumbersThatItCannotDivide) {
  EXPECT_THROW(Driven("hybrid", {{"tasks", "100"}, {"cpu-share", "100"}, {"work", "10000000"}}),
               runoff::InvalidParameter);
}

}  // namespace
