#include "process/capture.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "process/in_a_process.h"
#include "support/temporary.h"

namespace runoff {
namespace {

constexpr std::chrono::seconds hang_guard{60};

TEST(Capture, GivesAnswersInTheOrderOfTheCommands) {
  std::vector<std::vector<std::string>> commands;
  for (int i = 0; i < 20; ++i)
    commands.push_back(
        {"sh", "-c", "echo " + std::to_string(i) + "; echo no >&2; exit " + std::to_string(i)});
  const auto captured = capture_all(commands, hang_guard);
  ASSERT_EQ(captured.size(), 20U);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(captured[i].output, std::to_string(i) + "\n");
    EXPECT_EQ(captured[i].error, "no\n");
    EXPECT_EQ(captured[i].exit_code, i);
  }
}

TEST(Capture, ReadsMoreThanAPipeHolds) {
  const auto captured = capture_all({{"sh", "-c", "seq 50000; seq 50000 >&2"}}, hang_guard);
  EXPECT_EQ(captured[0].output.size(), captured[0].error.size());
  EXPECT_GT(captured[0].output.size(), 200'000U);
}

TEST(Capture, TellsWhatDidNotStartCrashedOrHung) {
  const auto captured = capture_all({{"/no/such/program"}, {"sh", "-c", "kill -ABRT $$"}}, hang_guard);
  EXPECT_NE(captured[0].error.find("cannot start '/no/such/program'"), std::string::npos);
  EXPECT_EQ(captured[0].exit_code, -1);
  EXPECT_EQ(captured[1].error, "it was killed by SIGABRT");
  EXPECT_EQ(captured[1].exit_code, -1);
  const auto slow = capture_all({{"sleep", "3600"}, {"echo", "quick"}}, std::chrono::seconds(2));
  EXPECT_NE(slow[0].error.find("no answer within 2000 ms"), std::string::npos);
  EXPECT_EQ(slow[1].output, "quick\n");
}

/// In a process of its own, which has a child that is not to be ended.
TEST(Capture, WhatCommandsLeaveBehindIsEndedAndNoOther) {
  const TemporaryFolder folder;
  EXPECT_TRUE(holds_in_a_process_of_its_own([&] {
    const pid_t other = ::fork();
    if (other == 0) {
      ::pause();
      ::_exit(0);
    }
    const std::string leave = "setsid sleep 3600 & echo $! > " + folder.path().string();
    const auto captured =
        capture_all({{"sh", "-c", leave + "/left; echo done"}, {"sh", "-c", leave + "/late; sleep 3600"}},
                    std::chrono::seconds(3));
    const auto alive = [&](const char* name) {
      return ::kill(std::atoi(read_text(folder.path() / name).c_str()), 0) == 0;
    };
    const bool right = captured[0].output == "done\n" && captured[1].too_slow && !alive("left") &&
                       !alive("late") && ::waitpid(other, nullptr, WNOHANG) == 0;
    ::kill(other, SIGKILL);
    return right;
  }));
}

/// In a process of its own, which the command stops for longer than the limit.
TEST(Capture, TimeInWhichItIsStoppedItselfIsNotTheCommands) {
  EXPECT_TRUE(holds_in_a_process_of_its_own([] {
    const std::string command = "kill -STOP $PPID; sleep 6; kill -CONT $PPID; sleep 1; echo late";
    const auto captured = capture_all({{"sh", "-c", command}}, std::chrono::seconds(5));
    return captured[0].output == "late\n";
  })) << "the command was killed";
}

}  // namespace
}  // namespace runoff
