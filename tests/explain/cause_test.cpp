#include "explain/cause.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

const Explained a_loop{"cpu", "independent", 2, 2, 0};

/// 1000 ns of which these were lost.
Analysis lost(double Parts::*part, double ns) {
  Analysis analysis;
  analysis.seen = true;
  analysis.wall_ns = 500;
  analysis.parts.useful = 1000 - ns;
  analysis.parts.*part = ns;
  analysis.chunks = 100;
  analysis.chunk_ns = 10;
  return analysis;
}

TEST(Cause, IsTheLargestLoss) {
  EXPECT_EQ(main_cause(lost(&Parts::imbalance, 290), a_loop), Cause::imbalance);
  EXPECT_EQ(main_cause(lost(&Parts::contended, 290), a_loop), Cause::lock);
  EXPECT_EQ(main_cause(lost(&Parts::slower, 290), a_loop), Cause::caches);
  EXPECT_EQ(main_cause(lost(&Parts::displaced, 290), a_loop), Cause::cores);
  EXPECT_EQ(main_cause(lost(&Parts::idle, 290), a_loop), Cause::idle);
  EXPECT_EQ(main_cause(lost(&Parts::io, 290), a_loop), Cause::io);
  EXPECT_EQ(main_cause(lost(&Parts::imbalance, 20), a_loop), Cause::none);
  EXPECT_EQ(main_cause(lost(&Parts::stamping, 600), a_loop), Cause::none);  // it is ours
}

TEST(Cause, WaitingIsWhatTasksThatWaitAreFor) {
  const Explained waits{"io", "independent", 2, 2, 26};
  const Analysis analysis = lost(&Parts::io, 900);
  EXPECT_EQ(main_cause(analysis, waits), Cause::none);
  EXPECT_EQ(clause(analysis, Cause::none, waits),
            "its workers spend 90 % of the time on what the tasks wait for, 26 at a time");
}

TEST(Cause, HandingOutIsTheGrainsFaultWhereChunksAreShortBesideIt) {
  Analysis analysis = lost(&Parts::scheduling, 400);  // 4 ns a chunk
  EXPECT_EQ(main_cause(analysis, a_loop), Cause::grain);
  analysis.chunk_ns = 81;
  EXPECT_EQ(main_cause(analysis, a_loop), Cause::scheduling);
  analysis.chunk_ns = 10;
  analysis.chunks = 2;
  EXPECT_EQ(main_cause(analysis, a_loop), Cause::scheduling);
}

TEST(Cause, ASlowWorkerExplainsWhatItMadeOthersWait) {
  Analysis analysis = lost(&Parts::imbalance, 290);
  analysis.slow_worker = 1.9;
  analysis.slow_worker_ns = 200;
  EXPECT_EQ(main_cause(analysis, a_loop), Cause::slow_worker);
  EXPECT_EQ(clause(analysis, Cause::slow_worker, a_loop),
            "one of its workers takes 1.9 × as long for its tasks as the others");
  analysis.slow_worker_ns = 20;
  EXPECT_EQ(main_cause(analysis, a_loop), Cause::imbalance);
  analysis.slow_worker_ns = 200;
  analysis.slow_worker = 1.1;
  EXPECT_EQ(main_cause(analysis, a_loop), Cause::imbalance);
}

TEST(Cause, TheClauseHasTheShare) {
  EXPECT_EQ(clause(lost(&Parts::imbalance, 290), Cause::imbalance, a_loop),
            "its workers wait 29 % of the time for the last tasks");
}

}  // namespace
}  // namespace runoff
