#include "run/lookout.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary.h"

namespace runoff {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

/// A machine of two processors, 4 and 7, whose time goes on only when it is told to.
class LookoutTest : public testing::Test {
 protected:
  /// Counters since the start, in ticks of 10 ms, and how many threads run now.
  void counters(int busy, int steal, int running = 1) {
    write_text(root_.path() / "proc/stat", "cpu  9 9 9 9 9 9 9 9 0 0\ncpu4 " + std::to_string(busy) +
                                               " 0 0 900 0 0 0 0 0 0\ncpu7 0 0 0 900 0 0 0 " +
                                               std::to_string(steal) + " 0 0\nprocs_running " +
                                               std::to_string(running) + "\n");
  }
  void throttled(int microseconds) {
    write_text(root_.path() / "proc/self/cgroup", "0::/a\n");
    write_text(root_.path() / "sys/fs/cgroup/a/cpu.stat",
               "throttled_usec " + std::to_string(microseconds) + "\n");
  }
  void stalled(int microseconds) {
    write_text(root_.path() / "proc/pressure/memory",
               "some avg10=0.00 avg60=0.00 avg300=0.00 total=" + std::to_string(microseconds) + "\n");
  }
  Lookout lookout(std::vector<int> cpus = {4, 7}) {
    return Lookout(std::move(cpus), root_.path(),
                   {[this] { return now_; },
                    [this](nanoseconds time) {
                      now_ += time;
                      ++sleeps_;
                      if (sleeps_ == calm_after_) counters(0, 0, 1);
                    }});
  }

  const std::int64_t tick_ = 1'000'000'000 / ::sysconf(_SC_CLK_TCK);
  TemporaryFolder root_;
  Lookout::Clock::time_point now_{};
  int sleeps_ = 0;
  int calm_after_ = 0;
};

TEST_F(LookoutTest, WhatIsNotRunoffsIsOthers) {
  counters(100, 10);
  throttled(5'000);
  stalled(70);
  Lookout watch = lookout();
  watch.begin(1'000'000);
  now_ += 400ms;
  counters(130, 11);
  throttled(5'500);
  stalled(70);
  write_text(root_.path() / "sys/devices/system/cpu/cpu4/cpufreq/scaling_cur_freq", "2100000\n");
  write_text(root_.path() / "sys/devices/system/cpu/cpu7/cpufreq/scaling_cur_freq", "3400000\n");
  const Surroundings seen = watch.end(1'000'000 + 12 * tick_);
  EXPECT_EQ(seen.observed_ns, 400'000'000);
  EXPECT_EQ(seen.other_cpu_ns, 18 * tick_);
  EXPECT_EQ(seen.steal_ns, tick_);
  EXPECT_EQ(seen.throttled_ns, 500'000);
  EXPECT_EQ(seen.memory_stall_ns, 0);
  EXPECT_EQ(seen.clock_khz, 3'400'000);
  EXPECT_EQ(seen.waited_ns, 0);
  EXPECT_EQ(seen.disturbed_by, "others");
}

TEST_F(LookoutTest, OwnTimeThatTicksMissedIsNoNegativeLoad) {
  counters(100, 0);
  Lookout watch = lookout();
  watch.begin(0);
  now_ += 100ms;
  EXPECT_EQ(watch.end(3 * tick_).other_cpu_ns, 0);
}

TEST_F(LookoutTest, WhatTheKernelDoesNotSayStaysEmpty) {
  Lookout watch = lookout();
  watch.begin(0);
  now_ += 100ms;
  Surroundings expected;
  expected.observed_ns = 100'000'000;
  expected.waited_ns = 0;
  EXPECT_EQ(watch.end(0), expected);
}

TEST_F(LookoutTest, WaitsALittleForOthersAndNeverMoreThanItsShare) {
  counters(0, 0, 3);
  Lookout watch = lookout();
  watch.begin(0);
  EXPECT_EQ(watch.end(0).waited_ns, 0);  // no time has passed of which waiting could have a share
  now_ += 10s;
  watch.begin(0);
  EXPECT_EQ(watch.end(0).waited_ns, nanoseconds(Lookout::most_patience).count());
  nanoseconds waited = 20ms;
  for (int sample = 0; sample < 50; ++sample) {
    watch.begin(0);
    now_ += 100ms;
    waited += nanoseconds(*watch.end(0).waited_ns);
  }
  EXPECT_LE(waited, now_.time_since_epoch() * Lookout::share_of_waiting);
  EXPECT_GE(waited, now_.time_since_epoch() * Lookout::share_of_waiting * 0.9);
}

TEST_F(LookoutTest, StopsWaitingWhenOthersAreDone) {
  counters(0, 0, 3);
  Lookout watch = lookout();
  now_ += 10s;
  calm_after_ = 3;
  watch.begin(0);
  EXPECT_EQ(watch.end(0).waited_ns, nanoseconds(6ms).count());
}

TEST_F(LookoutTest, OthersThatFitOnProcessorsOfTheirOwnAreNotWaitedFor) {
  counters(0, 0, 2);  // this process, and one that has the other processor
  Lookout one = lookout({4}), both = lookout();
  now_ += 10s;
  one.begin(0);
  EXPECT_EQ(one.end(0).waited_ns, 0);
  both.begin(0);
  EXPECT_EQ(both.end(0).waited_ns, nanoseconds(Lookout::most_patience).count());
}

}  // namespace
}  // namespace runoff
