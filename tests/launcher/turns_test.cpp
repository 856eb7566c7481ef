#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "launcher/bench.h"

namespace runoff {
namespace {

using std::chrono::seconds;

/// A shell script that asks for as many turns as it has letters, and writes one in each turn.
Request in_turns(const Launcher& launcher, const std::filesystem::path& file, const std::string& letters,
                 const std::string& begin = "", const std::string& end = "") {
  return request({"python3", "-c",
                  "import os, socket, subprocess, struct, sys, time\n"
                  "def note(text):\n"
                  "    with open('" +
                      file.string() +
                      "', 'a') as out: out.write(text)\n"
                      "turns = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)\n"
                      "turns.connect('\\0runoff-turns-" +
                      std::to_string(launcher.process()) + "')\n" + begin +
                      "\n"
                      "left = '" +
                      letters +
                      "'\n"
                      "while True:\n"
                      "    turns.send(struct.pack('=I', len(left)))\n"
                      "    turns.recv(1)\n"
                      "    if not left: break\n"
                      "    note(left[0]); left = left[1:]\n"
                      "note('.')\n" +
                      end + "\n"});
}

TEST(LauncherTest, ProcessesTakeTurns) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "letters";
  Launcher launcher(RUNOFF_LAUNCHER);
  // Forwards and backwards by turns; one with fewer turns has them evenly in between.
  auto answers = launcher.run_in_turns(
      {in_turns(launcher, file, "aaaa"), in_turns(launcher, file, "bbbb"), in_turns(launcher, file, "cc")});
  ASSERT_TRUE(answers);
  for (const Answer& answer : *answers) EXPECT_EQ(answer.exit_code, 0) << answer.output;
  EXPECT_EQ(read_text(file), "abcbaabcba...");
  // Those that ask for none have the machine one after the other.
  answers = launcher.run_in_turns({request({"sh", "-c", "exit 3"}), request({"sh", "-c", "exit 4"})});
  ASSERT_TRUE(answers);
  EXPECT_EQ((*answers)[0].exit_code, 3);
  EXPECT_EQ((*answers)[1].exit_code, 4);
}

TEST(LauncherTest, WhileOthersHaveTheirTurnAllOfAProcessIsStopped) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "letters", counts = folder.path() / "counts";
  Launcher launcher(RUNOFF_LAUNCHER);
  // Its child would count on. What it did until the turn ended and after the other's turn is noted.
  const std::string counting = "child = subprocess.Popen(['sh', '-c', 'while :; do echo 1 >>" +
                               counts.string() +
                               "; done'])\n"
                               "time.sleep(0.1)\n";
  const std::string size = "os.stat('" + counts.string() + "').st_size";
  const std::string looking =
      "time.sleep(0.1); before = " + size + "; time.sleep(0.5); note(str(" + size + " - before))\n";
  const auto answers = launcher.run_in_turns(
      {in_turns(launcher, file, "a", counting, "child.kill()"), in_turns(launcher, file, "", looking)});
  ASSERT_TRUE(answers);
  for (const Answer& answer : *answers) EXPECT_EQ(answer.exit_code, 0) << answer.output;
  EXPECT_EQ(read_text(file), "0a..");
}

TEST(LauncherTest, AProcessThatDiesOrRunsOutOfTimeInItsTurnKeepsNoOtherFromIts) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "letters";
  Launcher launcher(RUNOFF_LAUNCHER);
  const std::string orphan = "subprocess.Popen(['setsid', 'sh', '-c', 'sleep 3600 & echo $! > " +
                             (folder.path() / "orphan").string() + "'])\n";
  std::vector<Request> requests{in_turns(launcher, file, "aaa"),
                                in_turns(launcher, file, "bb", orphan + "time.sleep(0.2)", ""),
                                in_turns(launcher, file, "cc")};
  requests[1].arguments[2] += "os.kill(os.getpid(), 9)\n";
  // Its limit is for its own turns, and it never ends its second.
  auto& script = requests[2].arguments[2];
  script.replace(script.find("    note(left[0])"), 4, "    if len(left) == 1: time.sleep(3600)\n    ");
  requests[2].limit_ns = std::chrono::nanoseconds(seconds(3)).count();
  const auto answers = launcher.run_in_turns(requests);
  ASSERT_TRUE(answers);
  EXPECT_EQ((*answers)[0].exit_code, 0) << (*answers)[0].output;
  EXPECT_EQ((*answers)[1].signal, SIGKILL);
  EXPECT_TRUE((*answers)[2].timed_out);
  EXPECT_GE((*answers)[2].wall_ns, requests[2].limit_ns);
  const std::string letters = read_text(file);
  EXPECT_EQ(std::count(letters.begin(), letters.end(), 'a'), 3) << letters;
  EXPECT_EQ(std::count(letters.begin(), letters.end(), 'c'), 1) << letters;
  const pid_t left = std::atoi(read_text(folder.path() / "orphan").c_str());
  ASSERT_GT(left, 0);
  EXPECT_FALSE(alive(left));
}

TEST(LauncherTest, OnlyADescendantMaySpeakForAProcess) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "letters";
  Launcher launcher(RUNOFF_LAUNCHER);
  std::thread stranger([&] {
    const Request ask = in_turns(launcher, file, "xx");
    const pid_t child = ::fork();
    if (child == 0) ::execlp("python3", "python3", "-c", ask.arguments[2].c_str(), nullptr);
    ::waitpid(child, nullptr, 0);
  });
  const Answer answer = run(launcher, request({"sleep", "1"}));
  stranger.join();
  EXPECT_EQ(answer.exit_code, 0);
  EXPECT_LT(answer.wall_ns, std::chrono::nanoseconds(hang_guard).count());
}

}  // namespace
}  // namespace runoff
