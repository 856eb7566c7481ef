#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "launcher/bench.h"
#include "process/descendants.h"
#include "process/interruption.h"
#include "support/errors.h"

namespace runoff {
namespace {

/// Starts a process that runs the tree through a launcher of its own, and tells it what to do first.
template <class Before>
pid_t fork_runner(const Tree& tree, const std::string& note, Before before) {
  const pid_t runner = ::fork();
  if (runner != 0) return runner;
  int status = 1;
  try {
    before();
    Launcher launcher(RUNOFF_LAUNCHER);
    write_text(note, launcher.folder().string());
    status = launcher.run(request(tree.command(), hang_guard)) ? 2 : 130;
  } catch (const MachineError&) {
    status = 3;
  } catch (const std::exception&) {
  }
  ::_exit(status);
}

TEST(LauncherTest, WhenRunoffIsKilledAllEnds) {
  const TemporaryFolder folder;
  const Tree tree(folder.path());
  const std::string note = folder.path() / "note";
  const pid_t runner = fork_runner(tree, note, [] {});
  const auto processes = tree.processes();
  for (const pid_t process : processes) EXPECT_TRUE(alive(process));
  const auto begin = std::chrono::steady_clock::now();
  ::kill(runner, SIGKILL);
  for (const pid_t process : processes) EXPECT_TRUE(eventually([&] { return !alive(process); }));
  RecordProperty("gone_after_ms",
                 static_cast<int>((std::chrono::steady_clock::now() - begin) / std::chrono::milliseconds(1)));
  EXPECT_TRUE(eventually([&] { return !std::filesystem::exists(read_text(note)); }));
  ::waitpid(runner, nullptr, 0);
}

TEST(LauncherTest, WhenTheLauncherIsKilledAllEndsAndRunoffSaysSo) {
  const TemporaryFolder folder;
  const Tree tree(folder.path());
  const pid_t runner = fork_runner(tree, folder.path() / "note", [] {});
  const auto processes = tree.processes();
  const auto shared_memory = "/dev/shm" / std::filesystem::path(read_text(folder.path() / "note")).filename();
  EXPECT_TRUE(std::filesystem::exists(shared_memory));
  // Its only child that is not one of the tree's.
  pid_t launcher = 0;
  for (const pid_t process : descendants(runner))
    if (read_text("/proc/" + std::to_string(process) + "/comm") == "runoff-launcher\n") launcher = process;
  ASSERT_NE(launcher, 0);
  ::kill(launcher, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(runner, &status, 0), runner);
  EXPECT_EQ(WEXITSTATUS(status), 3);
  for (const pid_t process : processes) EXPECT_FALSE(alive(process));
  EXPECT_FALSE(std::filesystem::exists(read_text(folder.path() / "note")));
  EXPECT_FALSE(std::filesystem::exists(shared_memory));
}

TEST(LauncherTest, AnInterruptionEndsAll) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const TemporaryFolder folder;
    const Tree tree(folder.path());
    const pid_t runner = fork_runner(tree, folder.path() / "note", [] { Interruption::install(); });
    const auto processes = tree.processes();
    ::kill(runner, signal);
    int status = 0;
    ASSERT_EQ(::waitpid(runner, &status, 0), runner);
    EXPECT_EQ(WEXITSTATUS(status), 130);
    for (const pid_t process : processes) EXPECT_FALSE(alive(process));
  }
}

}  // namespace
}  // namespace runoff
