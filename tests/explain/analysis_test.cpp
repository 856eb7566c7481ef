#include "explain/analysis.h"

#include <gtest/gtest.h>

#include "stamps.h"

namespace runoff {
namespace {

Outcome took(std::int64_t wall) {
  Outcome sample;
  sample.wall_ns = wall;
  return sample;
}

const Explained loop{"cpu", "independent", 2, 2, 0};

/// Ten tasks of 100 ns each.
SerialCost even_serial() { return SerialCost(one_execution(2000, {{chunk(0, 10, 1000, 2000, 1000)}}), 1000); }

TEST(Analysis, TimeOfALoopGoesWhereItWent) {
  // Worker 1: 50 late, 400 at work, a gap of 30, 200 at work, then nothing until the other ends at 1800.
  // Worker 2: 700 at work from 1100 to 1800, of which 100 off the processor. The execution ends at 1850.
  const StampedCell cell = one_execution(
      1850, {{chunk(0, 4, 1050, 1450, 400), chunk(4, 2, 1480, 1680, 200)}, {chunk(6, 4, 1100, 1800, 600)}});
  const Analysis analysis = analyse(cell, took(850), even_serial(), loop);
  EXPECT_TRUE(analysis.seen);
  EXPECT_DOUBLE_EQ(analysis.wall_ns, 850);
  EXPECT_DOUBLE_EQ(analysis.parts.useful, 1000);  // of 1200 on a processor
  EXPECT_DOUBLE_EQ(analysis.parts.slower, 200);
  EXPECT_DOUBLE_EQ(analysis.parts.contended, 100);  // serial did not wait
  EXPECT_DOUBLE_EQ(analysis.parts.scheduling, 50 + 30 + 50 + 100 + 50);
  EXPECT_DOUBLE_EQ(analysis.parts.imbalance, 1800 - 1680);
  EXPECT_DOUBLE_EQ(analysis.parts.idle, 0);
  EXPECT_DOUBLE_EQ(analysis.parts.sum(), 2 * 850);
  EXPECT_DOUBLE_EQ(analysis.efficiency.parallel, 1300.0 / 1700);
  EXPECT_DOUBLE_EQ(analysis.efficiency.load_balance, 650.0 / 700);
  EXPECT_DOUBLE_EQ(analysis.efficiency.communication, 700.0 / 850);
  EXPECT_DOUBLE_EQ(analysis.efficiency.computation, 1000.0 / 1300);
  EXPECT_DOUBLE_EQ(analysis.efficiency.global, 1000.0 / 1700);
  EXPECT_DOUBLE_EQ(analysis.chunks, 3);
}

TEST(Analysis, AWorkerWithoutTasksIsIdle) {
  const Analysis analysis =
      analyse(one_execution(2000, {{chunk(0, 10, 1000, 2000, 1000)}}), took(1000), even_serial(), loop);
  EXPECT_DOUBLE_EQ(analysis.parts.idle, 1000);
  EXPECT_DOUBLE_EQ(analysis.parts.useful, 1000);
  EXPECT_DOUBLE_EQ(analysis.efficiency.load_balance, 0.5);
}

TEST(Analysis, WhatThreadsWaitedForACoreIsNoLock) {
  StampedCell cell = one_execution(1700, {{chunk(0, 5, 1000, 1700, 500)}, {chunk(5, 5, 1000, 1700, 500)}});
  cell.run_delay_ns = 150;
  const Analysis analysis = analyse(cell, took(700), even_serial(), loop);
  EXPECT_DOUBLE_EQ(analysis.parts.displaced, 150);
  EXPECT_DOUBLE_EQ(analysis.parts.contended, 250);
  EXPECT_DOUBLE_EQ(analyse(cell, took(700), even_serial(), {"cpu", "independent", 2, 1, 0}).parts.displaced,
                   400);
}

TEST(Analysis, ACoreThatIsTakenBetweenTasksIsNoScheduling) {
  // 300 ns pass between the two chunks of a worker; others had its core for 200 of them.
  StampedCell cell = one_execution(1800, {{chunk(0, 5, 1000, 1250, 250), chunk(5, 5, 1550, 1800, 250)}});
  const Explained alone{"cpu", "independent", 1, 1, 4};
  cell.run_delay_ns = 200;
  const Analysis analysis = analyse(cell, took(800), even_serial(), alone);
  EXPECT_DOUBLE_EQ(analysis.parts.displaced, 200);
  EXPECT_DOUBLE_EQ(analysis.parts.scheduling, 100);
  cell.run_delay_ns = 900;  // more than there is: threads that run no tasks waited, too
  EXPECT_DOUBLE_EQ(analyse(cell, took(800), even_serial(), alone).parts.scheduling, 0);
  EXPECT_DOUBLE_EQ(analyse(cell, took(800), even_serial(), alone).parts.sum(), 800);
}

TEST(Analysis, TasksThatWaitInSerialTooDoNotWaitForEachOther) {
  const SerialCost waits(one_execution(2000, {{chunk(0, 10, 1000, 2000, 200)}}), 1000);
  const Analysis analysis =
      analyse(one_execution(1600, {{chunk(0, 5, 1000, 1600, 100)}, {chunk(5, 5, 1000, 1500, 100)}}),
              took(600), waits, loop);
  EXPECT_DOUBLE_EQ(analysis.parts.io, 800);
  EXPECT_DOUBLE_EQ(analysis.parts.contended, 100);
  EXPECT_DOUBLE_EQ(analysis.parts.useful, 200);
}

TEST(Analysis, TasksOfAnEventLoopOverlapAndCountOnce) {
  // Two tasks under way at once on one worker, from 1000 to 1500, for 60 ns of work.
  Stamp first = chunk(0, 1, 1000, 1400), second = chunk(1, 1, 1010, 1500);
  first.cpu_begin_ns = 100, first.cpu_end_ns = 150;
  second.cpu_begin_ns = 105, second.cpu_end_ns = 160;
  const SerialCost waits(one_execution(2000, {{chunk(0, 2, 1000, 2000, 60)}}), 1000);
  const Analysis analysis =
      analyse(one_execution(1500, {{first, second}}), took(500), waits, {"io", "independent", 1, 2, 0});
  EXPECT_DOUBLE_EQ(analysis.parts.useful, 60);
  EXPECT_DOUBLE_EQ(analysis.parts.io, 440);
  EXPECT_DOUBLE_EQ(analysis.parts.sum(), 500);
}

TEST(Analysis, AWorkerOfAGraphWaitsForInputsOrForTheRuntime) {
  // Worker 2 has nothing to do until task (1, 0) may run at 1300; it begins it at 1340.
  const StampedCell cell =
      one_execution(1600, {{graph_task(0, 0, 1000, 1000, 1300)},
                           {graph_task(0, 1, 1000, 1000, 1100), graph_task(1, 0, 1300, 1340, 1600)}});
  const SerialCost serial(
      one_execution(1660, {{graph_task(0, 0, 1000, 1000, 1300), graph_task(0, 1, 1000, 1300, 1400),
                            graph_task(1, 0, 1400, 1400, 1660)}}),
      660);
  const Analysis analysis = analyse(cell, took(600), serial, {"runtime", "dependent", 2, 2, 0});
  EXPECT_DOUBLE_EQ(analysis.parts.scheduling, 40);
  EXPECT_DOUBLE_EQ(analysis.parts.imbalance, 200 + 300);
  EXPECT_DOUBLE_EQ(*analysis.task_wait_ns, 40.0 / 3);
  EXPECT_DOUBLE_EQ(analysis.parts.sum(), 1200);
}

TEST(Analysis, WhatIsLeftToOneWorkerKeepsTheOthersWaiting) {
  // The tasks end at 1500; a thread that is no worker finishes from 1520 to 1600.
  const StampedCell cell =
      one_execution(1600, {{chunk(0, 5, 1000, 1500)}, {chunk(5, 5, 1000, 1400)}, {last(1520, 1600)}});
  const Analysis analysis = analyse(cell, took(600), even_serial(), loop);
  EXPECT_DOUBLE_EQ(analysis.parts.imbalance, 100 + 80);
  EXPECT_DOUBLE_EQ(analysis.parts.scheduling, 20 + 20);
  EXPECT_DOUBLE_EQ(analysis.parts.sum(), 1200);
}

TEST(Analysis, WhatStampsTakeIsNoScheduling) {
  const StampedCell cell = one_execution(1600, {{chunk(0, 5, 1100, 1600)}, {chunk(5, 5, 1100, 1600)}});
  const Analysis analysis = analyse(cell, took(540), even_serial(), loop);
  EXPECT_DOUBLE_EQ(analysis.parts.stamping, 2 * 60);
  EXPECT_DOUBLE_EQ(analysis.parts.scheduling, 2 * 40);
}

TEST(Analysis, ASlowWorkerIsToldFromTasksThatAreLong) {
  // Serial: tasks 0 to 4 take 20 each, 5 to 9 take 180 each.
  std::vector<Stamp> pieces;
  std::int64_t at = 1000;
  for (std::uint32_t task = 0; task < 10; ++task) {
    pieces.push_back(chunk(task, 1, at, at + (task < 5 ? 20 : 180)));
    at += task < 5 ? 20 : 180;
  }
  const SerialCost uneven(one_execution(2000, {pieces}), 1000);
  const Analysis unlucky = analyse(
      one_execution(1900, {{chunk(0, 5, 1000, 1100)}, {chunk(5, 5, 1000, 1900)}}), took(900), uneven, loop);
  EXPECT_NEAR(*unlucky.slow_worker, 1, 1e-9);
  const Analysis slow = analyse(one_execution(2000, {{chunk(0, 5, 1000, 1500)}, {chunk(5, 5, 1000, 2000)}}),
                                took(1000), even_serial(), loop);
  EXPECT_NEAR(*slow.slow_worker, 2, 1e-9);
  EXPECT_NEAR(slow.slow_worker_ns, 500, 1e-9);
}

TEST(Analysis, WithoutStampsProcessorTimeIsWhatIsKnown) {
  Outcome sample = took(1000);
  sample.cpu_ns = 1500;
  const Analysis analysis = analyse({}, sample, even_serial(), loop);
  EXPECT_FALSE(analysis.seen);
  EXPECT_DOUBLE_EQ(analysis.parts.useful, 1000);
  EXPECT_DOUBLE_EQ(analysis.parts.untold, 500);
  EXPECT_DOUBLE_EQ(analysis.parts.idle, 500);
}

TEST(Analysis, TheTimelineShowsWhenWorkersWork) {
  const Analysis analysis =
      analyse(one_execution(2000, {{chunk(0, 5, 1000, 1500, 500)}, {chunk(5, 5, 1250, 2000, 100)}}),
              took(1000), even_serial(), loop);
  ASSERT_EQ(analysis.timeline.size(), 2U);
  EXPECT_EQ(analysis.timeline[0], std::string(50, '9') + std::string(50, '0'));
  EXPECT_EQ(analysis.timeline[1], std::string(25, '0') + std::string(75, 'w'));
}

}  // namespace
}  // namespace runoff
