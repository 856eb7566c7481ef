#include <gtest/gtest.h>

#include "process/capture.h"
#include "process/in_a_process.h"
#include "process/stops_at.h"
#include "support/temporary.h"

namespace runoff {
namespace {

class StoppedCaptureTest : public ::testing::TestWithParam<int> {};

// While a command runs, its reader looks twice at the clock and twice at what it waits for, again and again.
INSTANTIATE_TEST_SUITE_P(Looks, StoppedCaptureTest, ::testing::Range(0, 5));

/// In a process of its own, which stops itself.
TEST_P(StoppedCaptureTest, WhereverItIsStoppedThatIsNotTheCommandsTime) {
  const TemporaryFolder folder;
  const std::filesystem::path begun = folder.path() / "begun";
  EXPECT_TRUE(holds_in_a_process_of_its_own([&] {
    const StopsAt stops("process_tests", GetParam(), begun);
    // Both are stopped, for longer than the limit.
    const std::string command = "reader=$PPID; (sleep 5; kill -CONT $reader $$) & touch '" + begun.string() +
                                "'; kill -STOP $$; sleep 0.5; echo late";
    const auto captured = capture_all({{"sh", "-c", command}}, std::chrono::seconds(3));
    return captured[0].output == "late\n";
  })) << "the command was killed";
}

}  // namespace
}  // namespace runoff
