#include "cell/stamps.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "cell/read_stamps.h"
#include "support/temporary_folder.h"

namespace runoff::cell {
namespace {

using Clock = std::chrono::steady_clock;

/// A loop whose tasks take 100 µs each of waiting.
struct Naps final : Independent {
  std::size_t tasks() const override { return 8; }
  ResultLayout result() const override { return {}; }
  Check check(Results) const override { return {}; }
  void run(Range range, Results) const override {
    std::this_thread::sleep_for(std::chrono::microseconds(100) * range.size());
  }
};

/// Task (step, point) needs all points of the step before.
struct Layers final : Dependent {
  static constexpr std::array<Interval, 1> all{{{0, 1}}};
  std::size_t tasks() const override { return 4; }
  std::size_t slots() const override { return 4; }
  ResultLayout result() const override { return {}; }
  Check check(Results) const override { return {}; }
  std::size_t steps() const override { return 2; }
  std::size_t width(std::size_t) const override { return 2; }
  std::size_t slot(std::size_t step, std::size_t point) const override { return 2 * step + point; }
  std::span<const Interval> dependencies(std::size_t step, std::size_t) const override {
    return step > 0 ? std::span<const Interval>(all) : std::span<const Interval>();
  }
  std::span<const Interval> dependents(std::size_t step, std::size_t) const override {
    return step < 1 ? std::span<const Interval>(all) : std::span<const Interval>();
  }
  void run(std::size_t, std::size_t, Results) const override {}
};

template <class Work>
void execute(Stamps& stamps, const Work& work) {
  const auto begin = Clock::now();
  work();
  stamps.note_execution(begin, Clock::now() - begin);
}

class StampsOfCell : public testing::Test {
 protected:
  TemporaryFolder folder_;
  std::string file_ = folder_.path() / "stamps";
  Stamps stamps_{file_};
  Naps naps_;
  std::unique_ptr<Workload> stamped_ = stamped(naps_, stamps_);
  const Independent& loop_ = static_cast<const Independent&>(*stamped_);
};

TEST_F(StampsOfCell, TellWhatEachThreadAndProcessDid) {
  stamps_.begin({});
  execute(stamps_, [&] {
    std::jthread other([&] { loop_.run({0, 2}, {}); });
    const pid_t child = ::fork();
    if (child == 0) {
      loop_.run({2, 4}, {});
      ::_exit(0);
    }
    loop_.run({4, 5}, {});
    loop_.run({5, 8}, {});
    ::waitpid(child, nullptr, 0);
  });
  stamps_.stop();
  loop_.run({0, 8}, {});  // after the stop
  const auto cell = read_stamps(file_);
  ASSERT_TRUE(cell);
  ASSERT_EQ(cell->executions.size(), 1U);
  const StampedExecution& execution = cell->executions[0];
  ASSERT_EQ(execution.threads.size(), 3U);
  std::size_t tasks = 0;
  for (const StampedThread& thread : execution.threads)
    for (const Stamp& stamp : thread.stamps) {
      tasks += stamp.count;
      EXPECT_GE(stamp.end_ns - stamp.begin_ns, 100'000 * stamp.count);
      EXPECT_GE(stamp.begin_ns, execution.begin_ns);
      EXPECT_LE(stamp.end_ns, execution.end_ns);
      ASSERT_TRUE(stamp.knows_cpu());
      EXPECT_LT(stamp.cpu_end_ns - stamp.cpu_begin_ns, stamp.end_ns - stamp.begin_ns);  // it slept
      EXPECT_EQ(thread.stamps.size(), thread.thread == ::gettid() ? 2U : 1U);
    }
  EXPECT_EQ(tasks, 8U);
  EXPECT_EQ(cell->dropped, 0U);
}

TEST_F(StampsOfCell, AProcessThatMapsTheFileByItselfStampsIntoIt) {
  stamps_.begin({});
  Stamps other(file_);  // as a rank would
  execute(stamps_, [&] { other.ended(other.begun(), Stamp::tasks, 0, 3, 5); });
  const auto cell = read_stamps(file_);
  ASSERT_EQ(cell->executions.at(0).threads.size(), 1U);
  EXPECT_EQ(cell->executions[0].threads[0].stamps.at(0).first, 3U);
  EXPECT_EQ(cell->executions[0].threads[0].stamps.at(0).count, 5U);
}

TEST_F(StampsOfCell, AChunkIsCutIntoPiecesWhereThatIsAsked) {
  stamps_.begin({.reads_cpu = false, .pieces = 3});
  execute(stamps_, [&] { loop_.run({0, 8}, {}); });
  const auto stamps = read_stamps(file_)->executions.at(0).threads.at(0).stamps;
  ASSERT_EQ(stamps.size(), 3U);
  EXPECT_EQ(stamps[0].count + stamps[1].count + stamps[2].count, 8U);
  EXPECT_EQ(stamps[2].first + stamps[2].count, 8U);
  EXPECT_FALSE(stamps[0].knows_cpu());
}

TEST_F(StampsOfCell, WhatFindsNoRoomIsCountedAndItsExecutionLeftOut) {
  stamps_.begin({.reads_cpu = false});
  execute(stamps_, [&] { stamps_.ended(stamps_.begun(), Stamp::tasks, 0, 0, 1); });
  constexpr std::size_t room = 8192 * 64;
  execute(stamps_, [&] {
    for (std::size_t i = 0; i < room + 10; ++i) stamps_.ended(stamps_.begun(), Stamp::tasks, 0, i, 1);
  });
  EXPECT_FALSE(stamps_.has_room());
  const auto cell = read_stamps(file_);
  EXPECT_EQ(cell->dropped, 11U);  // one place was taken before
  EXPECT_EQ(cell->executions.size(), 1U);
  EXPECT_EQ(cell->incomplete, 1U);
  stamps_.begin({.reads_cpu = false});
  execute(stamps_, [&] { stamps_.ended(stamps_.begun(), Stamp::tasks, 0, 0, 1); });
  EXPECT_EQ(read_stamps(file_)->dropped, 0U);
  EXPECT_EQ(read_stamps(file_)->executions.at(0).threads.at(0).stamps.size(), 1U);
}

TEST_F(StampsOfCell, ATaskOfAGraphKnowsWhenItCouldBegin) {
  Layers layers;
  const auto graph = stamped(layers, stamps_);
  const auto& tasks = static_cast<const Dependent&>(*graph);
  stamps_.begin({.reads_cpu = false});
  execute(stamps_, [&] {
    for (std::size_t step = 0; step < 2; ++step)
      for (std::size_t point = 0; point < 2; ++point) tasks.run(step, point, {});
  });
  stamps_.note_ready(layers);
  const auto cell = read_stamps(file_);
  const auto& stamps = cell->executions.at(0).threads.at(0).stamps;
  ASSERT_EQ(stamps.size(), 4U);
  EXPECT_EQ(stamps[0].ready_ns, cell->executions[0].begin_ns);
  EXPECT_EQ(stamps[1].ready_ns, cell->executions[0].begin_ns);
  EXPECT_EQ(stamps[2].ready_ns, stamps[1].end_ns);
  EXPECT_EQ(stamps[3].ready_ns, stamps[1].end_ns);
}

TEST(Stamps, AFileThatIsNoneIsNotRead) {
  const TemporaryFolder folder;
  EXPECT_FALSE(read_stamps(folder.path() / "nothing"));
  EXPECT_THROW(Stamps((folder.path() / "no" / "folder").string()), std::system_error);
}

}  // namespace
}  // namespace runoff::cell
