#include <gtest/gtest.h>

#include <cstdlib>

#include "launcher/bench.h"

namespace runoff {
namespace {

/// Stops the launcher at its look of that number, counted from when `from` is there.
class StopsAt {
 public:
  StopsAt(int look, const std::filesystem::path& from) {
    ::setenv("LD_PRELOAD", RUNOFF_STOPS_AT, 1);
    ::setenv("RUNOFF_TEST_STOPS_AT", std::to_string(look).c_str(), 1);
    ::setenv("RUNOFF_TEST_STOPS_FROM", from.c_str(), 1);
  }
  ~StopsAt() {
    for (const auto* name : {"LD_PRELOAD", "RUNOFF_TEST_STOPS_AT", "RUNOFF_TEST_STOPS_FROM"})
      ::unsetenv(name);
  }
};

class StoppedLauncherTest : public ::testing::TestWithParam<int> {};

// While a process runs, the launcher looks twice at the clock and once at what it waits for, again and again.
INSTANTIATE_TEST_SUITE_P(Looks, StoppedLauncherTest, ::testing::Range(0, 4));

TEST_P(StoppedLauncherTest, WhereverItIsStoppedThatIsNotTheProcesssTime) {
  const TemporaryFolder folder;
  const std::filesystem::path begun = folder.path() / "begun";
  const StopsAt stops(GetParam(), begun);
  Launcher launcher(RUNOFF_LAUNCHER);
  // The process ends long before its limit, and the launcher goes on after it.
  const Answer answer = run(launcher, request({"sh", "-c",
                                               "launcher=$PPID\n"
                                               "(sleep 5; kill -CONT $launcher) &\n"
                                               "touch '" +
                                                   begun.string() + "'; sleep 1; exit 5"},
                                              std::chrono::seconds(3)));
  EXPECT_TRUE(answer.stopped);
  EXPECT_FALSE(answer.timed_out);
  EXPECT_EQ(answer.exit_code, 5);
}

}  // namespace
}  // namespace runoff
