#include <gtest/gtest.h>

#include <cstdlib>

#include "launcher/bench.h"
#include "process/stops_at.h"

namespace runoff {
namespace {

class StoppedLauncherTest : public ::testing::TestWithParam<int> {};

// While a process runs, the launcher looks twice at the clock and once at what it waits for, again and again.
INSTANTIATE_TEST_SUITE_P(Looks, StoppedLauncherTest, ::testing::Range(0, 4));

TEST_P(StoppedLauncherTest, WhereverItIsStoppedThatIsNotTheProcesssTime) {
  const TemporaryFolder folder;
  const std::filesystem::path begun = folder.path() / "begun";
  const StopsAt stops("runoff-launcher", GetParam(), begun);
  ::setenv("LD_PRELOAD", RUNOFF_STOPS_AT, 1);
  Launcher launcher(RUNOFF_LAUNCHER);
  ::unsetenv("LD_PRELOAD");
  // Both are stopped, for longer than the limit.
  const Answer answer = run(launcher, request({"sh", "-c",
                                               "launcher=$PPID\n"
                                               "(sleep 5; kill -CONT $launcher $$) &\n"
                                               "touch '" +
                                                   begun.string() + "'; kill -STOP $$; exit 5"},
                                              std::chrono::seconds(3)));
  EXPECT_TRUE(answer.stopped);
  EXPECT_FALSE(answer.timed_out);
  EXPECT_EQ(answer.exit_code, 5);
}

}  // namespace
}  // namespace runoff
