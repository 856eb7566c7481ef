#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>

#include "launcher/bench.h"
#include "support/errors.h"

namespace runoff {
namespace {

using std::chrono::seconds;

TEST(LauncherTest, SaysHowAProcessEnded) {
  Launcher launcher(RUNOFF_LAUNCHER);
  Answer answer = run(launcher, request({"sh", "-c", "echo out; echo err >&2; exit 7"}));
  EXPECT_EQ(answer.exit_code, 7);
  EXPECT_EQ(answer.signal, 0);
  EXPECT_EQ(answer.how, "exited with code 7");
  EXPECT_FALSE(answer.timed_out);
  EXPECT_EQ(answer.output, "out\nerr\n");
  EXPECT_GT(answer.wall_ns, 0);
  answer = run(launcher, request({"sh", "-c", "kill -SEGV $$"}));
  EXPECT_EQ(answer.signal, SIGSEGV);
  EXPECT_EQ(answer.how, "was killed by SIGSEGV");
}

TEST(LauncherTest, SaysThatNothingCouldBeStarted) {
  Launcher launcher(RUNOFF_LAUNCHER);
  for (const auto* name : {"no-such-program-anywhere", "/no/such/program", "/etc/passwd"})
    EXPECT_NE(run(launcher, request({name})).error.find(std::string("cannot start '") + name),
              std::string::npos);
  EXPECT_EQ(run(launcher, request({"true"})).error, "");
}

TEST(LauncherTest, KeepsBeginningAndEndOfALongOutputInAnyEncoding) {
  Launcher launcher(RUNOFF_LAUNCHER);
  const Answer answer = run(launcher, request({"sh", "-c", "echo first; seq 100000; printf '\\377last'"}));
  EXPECT_LE(answer.output.size(), 5000U);
  EXPECT_TRUE(answer.output.starts_with("first\n"));
  EXPECT_TRUE(answer.output.ends_with("last"));
}

TEST(LauncherTest, GivesTheEnvironmentAndAnEmptyInput) {
  Launcher launcher(RUNOFF_LAUNCHER);
  EXPECT_EQ(
      run(launcher,
          {{"sh", "-c", "cat; printf %s \"$ONE\""}, {{"ONE", "1=x y"}}, hang_guard.count() * 1000000000})
          .output,
      "1=x y");
}

TEST(LauncherTest, GivesAPrivateFolderThatIsGoneAfterwards) {
  std::filesystem::path folder;
  {
    Launcher launcher(RUNOFF_LAUNCHER);
    folder = launcher.folder();
    const Answer answer =
        run(launcher, request({"sh", "-c", "touch \"$TMPDIR/left\"; printf %s \"$TMPDIR\""}));
    EXPECT_TRUE(answer.output.starts_with(folder.string() + "/"));
    EXPECT_FALSE(std::filesystem::exists(answer.output));
    EXPECT_TRUE(std::filesystem::exists(folder));
  }
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(LauncherTest, GivesAFolderForSharedMemoryThatGoesWithTheProcess) {
  Launcher launcher(RUNOFF_LAUNCHER);
  const auto folder = launcher.shared_memory().string();
  EXPECT_TRUE(folder.starts_with("/dev/shm/"));
  for (const std::string end : {"exit 0", "kill -9 $$", "sleep 3600"}) {
    // What is closed at once is held by no process that could be looked for.
    const std::string script =
        "ls -ld " + folder + "; ls " + folder + "; echo 1 >" + folder + "/left; " + end;
    const Answer answer =
        run(launcher, request({"sh", "-c", script}, end == "sleep 3600" ? seconds(1) : hang_guard));
    EXPECT_NE(answer.output.find("drwx------"), std::string::npos) << answer.output;
    EXPECT_EQ(answer.output.find("left"), std::string::npos) << answer.output;
    EXPECT_FALSE(std::filesystem::exists(folder)) << end;
  }
}

TEST(LauncherTest, ALauncherThatIsKilledBeforeItGreetsLeavesNoFolder) {
  const TemporaryFolder folder;
  const auto killed = folder.path() / "killed", note = folder.path() / "note";
  write_text(killed, "#!/bin/sh\nmkdir \"$1\" && printf %s \"$1\" >'" + note.string() + "'; kill -9 $$\n");
  std::filesystem::permissions(killed, std::filesystem::perms::owner_all);
  EXPECT_THROW(Launcher{killed}, MachineError);
  const auto made = read_text(note);
  ASSERT_NE(made, "");
  EXPECT_FALSE(std::filesystem::exists(made));
}

TEST(LauncherTest, ATimeLimitEndsAllThatWasStarted) {
  const TemporaryFolder folder;
  const Tree tree(folder.path());
  Launcher launcher(RUNOFF_LAUNCHER);
  // Long enough for all three to be there, on a busy machine as well; tried again where it was not.
  for (seconds limit{2}; limit < hang_guard; limit *= 2) {
    for (const auto* name : {"orphan", "deaf", "own"}) std::filesystem::remove(folder.path() / name);
    const Answer answer = run(launcher, request(tree.command(), limit));
    EXPECT_TRUE(answer.timed_out);
    EXPECT_EQ(answer.left, 0U);
    EXPECT_GE(answer.wall_ns, std::chrono::nanoseconds(limit).count());
    if (!std::filesystem::exists(folder.path() / "orphan") ||
        !std::filesystem::exists(folder.path() / "deaf"))
      continue;
    for (const pid_t process : tree.processes()) EXPECT_FALSE(alive(process));
    return;
  }
  FAIL() << "the processes never started";
}

// Else they would keep the processors, of which the launcher has use now.
TEST(LauncherTest, WhatAProcessOutOfTimeStartedIsStoppedBeforeItIsToldToEnd) {
  const std::string script =
      "sleep 3600 & other=$!\n"
      "look() { read -r number name state more < /proc/$other/stat; }\n"
      // On a busy machine one that is told to stop runs on until it has a core.
      "trap 'look; while [ $state = R ]; do look; done; echo $state; exit' TERM\n"
      "echo ready; wait $other\n";
  Launcher launcher(RUNOFF_LAUNCHER);
  // It has half a second to tell, which may be too little on a busy machine.
  std::string told = "ready\n";
  for (seconds limit{1}; (told.empty() || told == "ready\n") && limit < hang_guard; limit *= 2)
    told = run(launcher, request({"sh", "-c", script}, limit)).output;
  EXPECT_EQ(told, "ready\nT\n");
}

TEST(LauncherTest, AProcessThatSaysThatItHasFailedIsNotWaitedFor) {
  Launcher launcher(RUNOFF_LAUNCHER);
  Request what = request({"sh", "-c", "echo no more processes; sleep 3600"});
  what.failures = {"no threads", "no more"};
  Answer answer = run(launcher, what);
  EXPECT_TRUE(answer.gave_up);
  EXPECT_FALSE(answer.timed_out);
  EXPECT_LT(answer.wall_ns, std::chrono::nanoseconds(hang_guard).count());
  EXPECT_EQ(answer.output, "no more processes\n");
  what.arguments[2] = "echo no more processes; sleep 0.1; exit 3";  // it ends by itself
  answer = run(launcher, what);
  EXPECT_FALSE(answer.gave_up);
  EXPECT_EQ(answer.exit_code, 3);
}

TEST(LauncherTest, SharedMemoryOfAProcessThatIsKilledByOthersIsRemoved) {
  Launcher launcher(RUNOFF_LAUNCHER);
  const auto file = "/dev/shm/test-" + launcher.folder().filename().string();
  // It is looked for as soon as it is made; a busy machine may take a while.
  for (std::chrono::milliseconds held{100}; held < hang_guard; held *= 2) {
    run(launcher,
        request(
            {"sh", "-c", "exec 3>" + file + "; sleep " + std::to_string(held.count()) + "e-3; kill -9 $$"}));
    if (!std::filesystem::exists(file)) return;
    std::filesystem::remove(file);
  }
  FAIL() << "the file is still there";
}

TEST(LauncherTest, TheTimeForWhichAllIsStoppedIsNotTheProcesss) {
  Launcher launcher(RUNOFF_LAUNCHER);
  // The shell is the launcher's child: it stops both, and lets them go on after longer than the limit.
  const Answer answer =
      run(launcher, request({"sh", "-c",
                             "launcher=$PPID\n"
                             "(sleep 0.2; kill -STOP $launcher $$; sleep 3; kill -CONT $$ $launcher) &\n"
                             "sleep 0.1; sleep 0.2; sleep 0.1; exit 5"},
                            seconds(2)));
  EXPECT_TRUE(answer.stopped);
  EXPECT_FALSE(answer.timed_out);
  EXPECT_EQ(answer.exit_code, 5);
}

TEST(LauncherTest, ProcessorTimeIsThatOfAllDescendants) {
  Launcher launcher(RUNOFF_LAUNCHER);
  const Answer idle = run(launcher, request({"true"}));
  // Two that count, one of them left behind by its parent; each says what it used.
  const TemporaryFolder folder;
  const std::string burn = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; times > ";
  const Answer busy = run(launcher, request({"sh", "-c",
                                             "(" + burn + folder.path().string() + "/a); sh -c '" + burn +
                                                 folder.path().string() + "/b'"}));
  ASSERT_EQ(busy.exit_code, 0) << busy.output;
  double used = 0;  // "0m0.120s 0m0.000s", then the same of children
  for (const char* name : {"a", "b"}) {
    double user = 0, system = 0;
    ASSERT_EQ(std::sscanf(read_text(folder.path() / name).c_str(), "0m%lfs 0m%lfs", &user, &system), 2);
    used += user + system;
  }
  EXPECT_GE(static_cast<double>(busy.cpu_ns) * 1e-9, used * 0.95);
  EXPECT_LE(static_cast<double>(busy.cpu_ns) * 1e-9, used + 0.2);
  EXPECT_LT(idle.cpu_ns, busy.cpu_ns);
}

TEST(LauncherTest, WhatAProcessLeavesBehindIsEnded) {
  const TemporaryFolder folder;
  Launcher launcher(RUNOFF_LAUNCHER);
  const auto file = (folder.path() / "number").string();
  const Answer answer = run(launcher, request({"sh", "-c", "setsid sleep 3600 & echo $! > " + file}));
  EXPECT_EQ(answer.exit_code, 0);
  EXPECT_FALSE(answer.timed_out);
  EXPECT_FALSE(alive(std::atoi(read_text(file).c_str())));
}

TEST(LauncherTest, IsNotForUseByHand) {
  Launcher launcher(RUNOFF_LAUNCHER);
  EXPECT_EQ(run(launcher, request({RUNOFF_LAUNCHER})).exit_code, 2);
  EXPECT_EQ(run(launcher, request({RUNOFF_LAUNCHER, "--help"})).exit_code, 0);
  EXPECT_EQ(run(launcher, request({RUNOFF_LAUNCHER, "--version"})).exit_code, 0);
}

}  // namespace
}  // namespace runoff
