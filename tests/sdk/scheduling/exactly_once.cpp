#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <random>
#include <thread>

#include "bench.h"

namespace {

constexpr std::array<unsigned, 4> worker_counts{1, 2, 3, 8};

void busy(std::chrono::nanoseconds duration) {
  const auto until = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < until) continue;
}

class ExactlyOnce : public testing::TestWithParam<Setup> {
 protected:
  int executions() const { return GetParam().mode == "pool" ? 400 : 25; }
  TestHost host_;
};

TEST_P(ExactlyOnce, WhateverTheNumberOfTasksAndTheirDuration) {
  constexpr std::size_t most = 4000;
  Probe probe(host_.memory(), most, [](std::size_t task) {
    if (task % 97 == 13) busy(std::chrono::microseconds(task % 20));
  });
  const auto backend = started(GetParam(), probe, host_);
  std::mt19937 random(GetParam().workers);
  const std::array<std::size_t, 6> few{0, 1, 2, GetParam().workers - 1, GetParam().workers, 16};
  for (int i = 0; i < executions(); ++i) {
    const std::size_t tasks = random() % 3 == 0 ? random() % most : few[random() % few.size()];
    probe.execute(backend, tasks);
    ASSERT_EQ(probe.times_each(tasks), tasks == 0 ? 0 : 1) << tasks << " tasks";
    // Some executions find the workers asking, others asleep.
    if (random() % 8 == 0) busy(std::chrono::microseconds(random() % 300));
    if (random() % 32 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(probe.stragglers(), 0u);
}

TEST_P(ExactlyOnce, ManyShortExecutionsOneRightAfterTheOther) {
  Probe probe(host_.memory(), 16, [](std::size_t) {});
  const auto backend = started(GetParam(), probe, host_);
  const int times = executions() * 10;
  for (int i = 0; i < times; ++i) probe.execute(backend, 2 + static_cast<std::size_t>(i) % 2 * 14);
  EXPECT_EQ(probe.runs(), static_cast<std::size_t>(times / 2) * 18 + static_cast<std::size_t>(times % 2) * 2);
  EXPECT_EQ(probe.stragglers(), 0u);
}

TEST_P(ExactlyOnce, TasksThatWaitForEachOtherGetAllWorkersEvenAfterTrifles) {
  std::atomic<std::size_t>& arrived = host_.memory().object<std::atomic<std::size_t>>();
  bool& meet = host_.memory().object<bool>();
  const std::size_t all = GetParam().workers;
  Probe probe(host_.memory(), all, [&](std::size_t) {
    if (!meet) return;
    const std::size_t enough = (arrived++ / all + 1) * all;
    while (arrived.load() < enough) std::this_thread::sleep_for(std::chrono::microseconds(50));
  });
  const auto backend = started(GetParam(), probe, host_);
  for (int round = 0; round < 3; ++round) {
    meet = false;
    for (int i = 0; i < executions(); ++i) probe.execute(backend, all);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // all are asleep
    meet = true;
    for (int i = 0; i < 3; ++i) probe.execute(backend, all);
  }
  EXPECT_EQ(arrived.load(), 9 * all);
}

INSTANTIATE_TEST_SUITE_P(Backends, ExactlyOnce, testing::ValuesIn(setups(worker_counts)),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
