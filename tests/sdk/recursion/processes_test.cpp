#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <thread>

#include "drivers.h"
#include "runoff/memory.h"
#include "runoff/recursive_of.h"

namespace runoff::test {
namespace {

TEST(Processes, StealFromEachOther) {
  for (unsigned workers = 1; workers <= 4; ++workers) {
    const Fib fib(23);
    Bench bench(fib);
    for (unsigned leader : {0u, workers - 1}) {
      bench.results().at<std::int64_t>(0) = -1;
      bench.on_processes(workers, leader);
      EXPECT_EQ(bench.result<std::int64_t>(), 28657) << workers << " workers";
    }
  }
}

/// A root with two children that meet: they run in two processes or never end. What they do then is the
/// test's.
struct Pair final : RecursiveOf<Pair, int, std::int64_t> {
  enum Deed { nothing, throws, finds_wrong_input, refuses, dies };

  Pair(Memory& memory, Deed what) : shared(memory.object<Shared>()), deed(what), first_process(::getpid()) {}
  int root() const { return 0; }
  template <class Fork>
  std::int64_t solve(int n, Fork& fork) const {
    if (n == 0) {
      const auto [a, b] = fork(1, 2);
      return a + b;
    }
    for (shared.here.fetch_add(1); shared.here.load() < 2;) std::this_thread::yield();
    if (::getpid() == first_process) return 40;
    if (deed == throws) throw std::runtime_error("out of luck");
    if (deed == finds_wrong_input) throw WrongInput("a wrong node");
    if (deed == refuses) throw Unsupported("not here");
    if (deed == dies) ::raise(SIGKILL);
    return 2;
  }
  Check check(Results) const override { return Check::ok(); }

  struct Shared {
    std::atomic<int> here;
  };
  Shared& shared;
  Deed deed;
  pid_t first_process;
};

TEST(Processes, ReallyWorkTogether) {
  Memory memory = Memory::create();
  const Pair pair(memory, Pair::nothing);
  Bench bench(pair);
  bench.on_processes(2);
  EXPECT_EQ(bench.result<std::int64_t>(), 42);
}

TEST(Processes, PassFailuresOnAsText) {
  for (unsigned leader : {0u, 1u}) {
    Memory memory = Memory::create();
    const Pair pair(memory, Pair::throws);
    Bench bench(pair);
    if (leader == 1) {  // worker 0 throws there, so nothing is thrown here
      EXPECT_NO_THROW(bench.on_processes(2, leader));
      continue;
    }
    try {
      bench.on_processes(2, leader);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const TaskFailed& failed) {
      EXPECT_STREQ(failed.what(), "out of luck");
    }
  }
}

/// The text of an exception of exactly this type, from the other process.
template <class Error>
std::string error_of(Pair::Deed deed) {
  Memory memory = Memory::create();
  const Pair pair(memory, deed);
  Bench bench(pair);
  try {
    bench.on_processes(2);
  } catch (const Error& error) {
    return error.what();
  } catch (const std::exception& other) {
    return std::string("something else: ") + other.what();
  }
  return "nothing was thrown";
}

TEST(Processes, PassTheKindOfFailuresOn) {
  EXPECT_EQ(error_of<TaskFailed>(Pair::throws), "out of luck");
  EXPECT_EQ(error_of<WrongInput>(Pair::finds_wrong_input), "a wrong node");
  EXPECT_EQ(error_of<Unsupported>(Pair::refuses), "not here");
}

// The hang guard of ctest ends these if the loss goes unnoticed.
TEST(Processes, NoticeADeadThief) {
  for (unsigned leader : {0u, 1u}) {
    Memory memory = Memory::create();
    const Pair pair(memory, Pair::dies);
    Bench bench(pair);
    try {
      bench.on_processes(2, leader);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const WorkerLost& lost) {
      EXPECT_STREQ(lost.what(), "killed by signal 9");
    }
  }
}

TEST(Processes, NoticeADeadThiefWhileOthersWait) {
  Memory memory = Memory::create();
  const Pair pair(memory, Pair::dies);
  Bench bench(pair);
  EXPECT_THROW(bench.on_processes(5), WorkerLost);
}

/// Does not end before a job was stolen.
struct Waits final : RecursiveOf<Waits, int, int> {
  explicit Waits(std::atomic<int>& flag) : stolen(flag) {}
  int root() const { return 2; }
  template <class Fork>
  int solve(int n, Fork& fork) const {
    if (n < 2) {
      while (stolen.load() == 0) std::this_thread::yield();
      return 1;
    }
    const auto [a, b] = fork(1, 1);
    return a + b;
  }
  Check check(Results) const override { return Check::ok(); }
  std::atomic<int>& stolen;
};

/// A thief that dies after it has taken a job and before it has signed for it.
TEST(Processes, NoticeAThiefThatDiedBeforeItSigned) {
  Memory memory = Memory::create();
  auto& stolen = memory.object<std::atomic<int>>();
  const Waits waits(stolen);
  Bench bench(waits);
  JobStacks stacks(bench.memory(), 2, waits.job());
  stacks.begin();
  const pid_t thief = ::fork();
  ASSERT_GE(thief, 0);
  if (thief == 0) {
    JobWindow::Index job = 0;
    while (!stacks.window(0).steal(job)) std::this_thread::yield();
    stolen = 1;
    ::_exit(1);
  }
  stacks.watch([thief] {
    if (::waitpid(thief, nullptr, WNOHANG) == thief) throw WorkerLost("gone");
  });
  EXPECT_THROW(waits.work(stacks, 0, bench.results()), WorkerLost);

  // The stacks are as good as new.
  stacks.watch({});
  stacks.begin();
  waits.work(stacks, 0, bench.results());
  EXPECT_EQ(bench.result<int>(), 2);
}

/// No process that watches takes part, so no process is told that all workers of an execution died.
TEST(Processes, LeaveNothingBehindWhenAllAreKilled) {
  Memory memory = Memory::create();
  auto& stolen = memory.object<std::atomic<int>>();
  const Waits waits(stolen);
  Bench bench(waits);
  JobStacks stacks(bench.memory(), 2, waits.job());
  stacks.begin();
  const pid_t worker = ::fork();
  ASSERT_GE(worker, 0);
  if (worker == 0) {
    waits.work(stacks, 0, bench.results());
    ::_exit(0);
  }
  JobWindow::Index job = 0;
  while (!stacks.window(0).steal(job)) std::this_thread::yield();
  ::kill(worker, SIGKILL);
  ASSERT_EQ(::waitpid(worker, nullptr, 0), worker);

  stacks.begin();
  EXPECT_FALSE(stacks.window(0).steal(job));
  std::jthread thief([&] { waits.work(stacks, 1, bench.results()); });
  stolen = 1;
  waits.work(stacks, 0, bench.results());
  EXPECT_EQ(bench.result<int>(), 2);
}

}  // namespace
}  // namespace runoff::test
