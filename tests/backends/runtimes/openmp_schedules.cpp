#include <gtest/gtest.h>

#include <algorithm>
#include <barrier>
#include <chrono>

#include "module.h"
#include "process.h"
#include "workloads.h"

namespace {

void nap(std::size_t) { ::usleep(200); }

/// How often the thread changes from one task to the next.
std::size_t changes(const std::vector<pid_t>& threads) {
  std::size_t found = 0;
  for (std::size_t task = 1; task < threads.size(); ++task) found += threads[task] != threads[task - 1];
  return found;
}

}  // namespace

TEST(OpenMp, StaticGivesEachThreadOneEqualBlock) {
  const Tasks workload(101, nap);
  Running running(workload, 4, {{"schedule", "static"}});
  running.execute();
  EXPECT_EQ(workload.workers(), 4u);
  EXPECT_EQ(changes(workload.threads()), 3u);
  for (const pid_t thread : workload.threads())
    EXPECT_NEAR(std::count(workload.threads().begin(), workload.threads().end(), thread), 25.25, 1);
}

TEST(OpenMp, StaticWithAChunkDealsChunksInTurn) {
  const Tasks workload(240, nap);
  Running running(workload, 4, {{"schedule", "static"}, {"chunk", "5"}});
  running.execute();
  const auto& threads = workload.threads();
  EXPECT_EQ(workload.workers(), 4u);
  for (std::size_t task = 0; task < threads.size(); ++task)
    EXPECT_EQ(threads[task], threads[task / 5 % 4 * 5]) << "task " << task;
}

// Task 0 ends last, so all others must go to the other thread: no equal part, no chunk with a second task in
// it.
TEST(OpenMp, DynamicIsTheDefaultAndDealsTasksOneByOne) {
  const Tasks* self = nullptr;
  const Tasks workload(100, [&](std::size_t task) {
    if (task == 0)
      wait_until([&] {
        for (std::size_t other = 1; other < 100; ++other)
          if (self->runs(other) == 0) return false;
        return true;
      });
  });
  self = &workload;
  Running running(workload, 2);
  running.execute();
  EXPECT_EQ(std::count(workload.threads().begin(), workload.threads().end(), workload.threads()[0]), 1);
}

TEST(OpenMp, DynamicWithAChunkDealsWholeChunks) {
  const Tasks workload(200, nap);
  Running running(workload, 2, {{"schedule", "dynamic"}, {"chunk", "5"}});
  std::size_t found = 0;
  for (int execution = 0; execution < 20; ++execution) {
    running.execute();
    for (std::size_t task = 0; task < workload.tasks(); ++task)
      EXPECT_EQ(workload.threads()[task], workload.threads()[task / 5 * 5]) << "task " << task;
    found = std::max(found, changes(workload.threads()));
  }
  EXPECT_GT(found, 1u) << "chunks go to the thread that asks";
}

TEST(OpenMp, GuidedStartsWithALargePartAndGoesOnWithSmallerOnes) {
  const Tasks workload(128, nap);
  Running running(workload, 4, {{"schedule", "guided"}});
  std::size_t found = 0;
  for (int execution = 0; execution < 20; ++execution) {
    running.execute();
    for (std::size_t task = 0; task < 16; ++task) EXPECT_EQ(workload.threads()[task], workload.threads()[0]);
    found = std::max(found, changes(workload.threads()));
  }
  EXPECT_GT(found, 3u) << "more than one block a thread";
  EXPECT_LT(found, 64u);
}

TEST(OpenMp, TakesItsSettingsFromTheEnvironmentThatThePluginNames) {
  const Tasks workload(1);
  const Running running(workload, 2);
  const auto call = [](const char* name) { return reinterpret_cast<int (*)()>(symbol(name))(); };
  EXPECT_EQ(call("omp_get_dynamic"), 0);
  EXPECT_EQ(call("omp_get_proc_bind"), 0);
  EXPECT_EQ(call("omp_get_max_active_levels"), 1);
  if (plugin().name == "openmp-llvm") {
    EXPECT_EQ(call("kmp_get_blocktime"), 1);
  }
}

// Between executions a thread spins for about a millisecond and then sleeps.
TEST(OpenMp, SpinsForAboutAMillisecond) {
  const auto allowed = cores();
  if (allowed.size() < 2) GTEST_SKIP() << "spinning shows on a core of its own only";
  std::barrier meeting(2);
  thread_local int core = -1;
  std::atomic<unsigned> placed{0};
  const Tasks workload(2, [&](std::size_t) {
    if (core < 0) bind_to(core = allowed[placed++]);
    meeting.arrive_and_wait();
  });
  Running running(workload, 2);
  // The longest of many, since what is preempted or gives way while it spins shows less; on a machine that
  // has much else to do, it takes a while until one is not.
  double longest = 0;
  const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  for (int execution = 0; execution < 31 || (longest <= 0.3 && std::chrono::steady_clock::now() < patience);
       ++execution) {
    running.execute();
    const double before = processor_ms();
    ::usleep(20'000);
    longest = std::max(longest, processor_ms() - before);
  }
  EXPECT_GT(longest, 0.3);
  // 5 rather than 1 for processors that pause longer.
  EXPECT_LT(longest, 5);
}
