#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include "bench.h"

namespace {

constexpr std::array<unsigned, 3> worker_counts{1, 2, 8};

class Failures : public testing::TestWithParam<Setup> {
 protected:
  TestHost host_;
};

TEST_P(Failures, FromAnyTaskArriveAndTheBackendGoesOn) {
  std::size_t& victim = host_.memory().object<std::size_t>();
  constexpr std::size_t tasks = 200;
  Probe probe(host_.memory(), tasks, [&](std::size_t task) {
    if (task == victim) throw std::runtime_error("task " + std::to_string(task) + " has had enough");
  });
  const auto backend = started(GetParam(), probe, host_);
  for (victim = 0; victim < tasks; victim += 7) {
    try {
      probe.execute(backend, tasks);
      FAIL() << "the exception of task " << victim << " was lost";
    } catch (const std::runtime_error& error) {
      EXPECT_EQ(error.what(), "task " + std::to_string(victim) + " has had enough");
    }
    probe.times_each(tasks);
    const std::size_t kept = std::exchange(victim, tasks);
    probe.execute(backend, tasks);
    EXPECT_EQ(probe.times_each(tasks), 1) << "after the failure of task " << kept;
    victim = kept;
  }
  EXPECT_EQ(probe.stragglers(), 0u);
}

TEST_P(Failures, StopTheTasksThatHaveNotBegun) {
  constexpr std::size_t tasks = 10'000;
  Probe probe(host_.memory(), tasks, [&](std::size_t task) {
    std::this_thread::sleep_for(std::chrono::microseconds(10));
    if (task == 0) throw std::runtime_error("the first");
  });
  const auto backend = started(GetParam(), probe, host_);
  EXPECT_THROW(probe.execute(backend, tasks), std::runtime_error);
  // Chunks that others were in the middle of are finished.
  EXPECT_LT(probe.runs(), tasks);
}

TEST_P(Failures, OfAllTasksAtOnceAreReportedOnce) {
  Probe probe(host_.memory(), 64, [](std::size_t task) { throw std::runtime_error(std::to_string(task)); });
  const auto backend = started(GetParam(), probe, host_);
  for (int i = 0; i < 50; ++i) EXPECT_THROW(probe.execute(backend, 64), std::runtime_error);
  probe.execute(backend, 0);
}

TEST_P(Failures, ThatAreNoExceptionsArriveToo) {
  Probe probe(host_.memory(), 8, [](std::size_t) { throw 42; });
  const auto backend = started(GetParam(), probe, host_);
  EXPECT_ANY_THROW(probe.execute(backend, 8));
}

INSTANTIATE_TEST_SUITE_P(Backends, Failures, testing::ValuesIn(setups(worker_counts)),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
