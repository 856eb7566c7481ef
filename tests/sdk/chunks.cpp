#include "runoff/scheduling/chunks.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace runoff {
namespace {

TEST(Chunks, many_takers_get_every_task_once) {
  for (const std::size_t tasks : {0, 1, 2, 3, 17, 1000, 65'537}) {
    ChunkCounter counter;
    counter.reset();
    std::vector<std::atomic<int>> taken(tasks);
    std::vector<std::jthread> takers;
    for (int taker = 0; taker < 4; ++taker)
      takers.emplace_back([&] {
        for (Range range = counter.take(tasks, 4); !range.empty(); range = counter.take(tasks, 4))
          for (std::size_t task = range.first; task < range.last; ++task) taken[task].fetch_add(1);
      });
    takers.clear();
    for (std::size_t task = 0; task < tasks; ++task)
      ASSERT_EQ(taken[task].load(), 1) << task << " of " << tasks;
  }
}

TEST(Chunks, shrink_so_that_nobody_waits_long_for_the_last) {
  ChunkCounter counter;
  counter.reset();
  std::size_t previous = 1000;
  for (Range range = counter.take(1000, 2); !range.empty(); range = counter.take(1000, 2)) {
    EXPECT_LE(range.size(), previous);
    previous = range.size();
  }
  EXPECT_EQ(previous, 1u);
}

TEST(Chunks, two_tasks_go_to_two_workers) {
  ChunkCounter counter;
  counter.reset();
  EXPECT_EQ(counter.take(2, 2).size(), 1u);
  EXPECT_EQ(counter.take(2, 2).size(), 1u);
  EXPECT_TRUE(counter.take(2, 2).empty());
}

TEST(Chunks, a_stopped_counter_gives_nothing_more) {
  ChunkCounter counter;
  counter.reset();
  counter.take(100, 2);
  counter.stop(100);
  EXPECT_TRUE(counter.take(100, 2).empty());
}

}  // namespace
}  // namespace runoff
