#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "runoff/recursion/job_window.h"

namespace runoff {
namespace {

TEST(JobWindow, HandsOutTheOldestJobFirst) {
  JobWindow window{};
  EXPECT_TRUE(window.lacking());
  JobWindow::Index job = 99;
  EXPECT_FALSE(window.steal(job));
  window.show(3);
  ASSERT_TRUE(window.steal(job));
  EXPECT_EQ(job, 0u);
  ASSERT_TRUE(window.steal(job));
  EXPECT_EQ(job, 1u);
  EXPECT_TRUE(window.take_back(2));
  EXPECT_FALSE(window.steal(job));
  EXPECT_FALSE(window.take_back(1));
  EXPECT_FALSE(window.take_back(0));
}

TEST(JobWindow, ShowsAgainWhereJobsWereStolenAndFinished) {
  JobWindow window{};
  window.show(1);
  JobWindow::Index job = 99;
  ASSERT_TRUE(window.steal(job));
  window.forget(0);
  EXPECT_FALSE(window.steal(job));
  window.show(2);
  ASSERT_TRUE(window.steal(job));
  EXPECT_EQ(job, 0u);
}

TEST(JobWindow, LacksJobsUntilEnoughAreShown) {
  JobWindow window{};
  for (JobWindow::Index shown = 1; shown <= JobWindow::enough; ++shown) {
    EXPECT_TRUE(window.lacking());
    window.show(shown);
  }
  EXPECT_FALSE(window.lacking());
  JobWindow::Index job = 99;
  ASSERT_TRUE(window.steal(job));
  EXPECT_TRUE(window.lacking());
}

// An owner that shows and takes back without end against two thieves. The owner writes a new number into each
// job that it shows; every number must be had exactly once, by the thread that got the job, and read as it
// was written.
TEST(JobWindow, GivesEveryJobToExactlyOne) {
#ifdef RUNOFF_ATOMIC_HOOK
  constexpr unsigned rounds = 3000;  // each takes longer and finds more
#else
  constexpr unsigned rounds = 20000;
#endif
  constexpr unsigned depth = 5;
  struct Job {
    std::uint64_t number;  // plain: only the window orders accesses to it
    std::atomic<bool> over;
  };
  JobWindow window{};
  std::vector<Job> jobs(depth);
  std::vector<std::atomic<unsigned>> had(rounds * depth);
  std::atomic<bool> done{false};
  std::vector<std::jthread> thieves;
  for (int i = 0; i < 2; ++i)
    thieves.emplace_back([&] {
      JobWindow::Index job = 0;
      while (!done.load()) {
        if (!window.steal(job)) {
          std::this_thread::yield();
          continue;
        }
        had[jobs[job].number].fetch_add(1);
        jobs[job].over.store(true, std::memory_order_release);
      }
    });
  std::uint64_t next = 0, stolen = 0;
  for (unsigned round = 0; round < rounds; ++round) {
    for (unsigned i = 0; i < depth; ++i) {
      jobs[i].number = next++;
      jobs[i].over.store(false, std::memory_order_relaxed);
    }
    window.show(depth);
    // On a busy machine all rounds may be over before a thief has begun.
    if (stolen == 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    else if (round % 16 == 0)
      std::this_thread::yield();
    for (unsigned i = depth; i-- > 0;) {
      if (window.take_back(i)) {
        had[jobs[i].number].fetch_add(1);
        continue;
      }
      ++stolen;
      while (!jobs[i].over.load(std::memory_order_acquire)) std::this_thread::yield();
      window.forget(i);
    }
  }
  done = true;
  thieves.clear();
  for (const auto& times : had) ASSERT_EQ(times.load(), 1u);
  EXPECT_GT(stolen, 0u);
}

}  // namespace
}  // namespace runoff
