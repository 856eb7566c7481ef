#include "launcher/launcher.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

#include "process/descendants.h"
#include "process/interruption.h"
#include "support/errors.h"
#include "support/temporary.h"

namespace runoff {
namespace {

using std::chrono::seconds;
// Guards against hanging for ever, not speed limits: a loaded machine may take its time.
constexpr seconds hang_guard{60};

bool alive(pid_t process) {
  const std::string stat = read_text("/proc/" + std::to_string(process) + "/stat");
  const std::size_t bracket = stat.rfind(')');
  return bracket != stat.npos && stat[bracket + 2] != 'Z';
}

template <class Condition>
bool eventually(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + hang_guard;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

/// A shell script that becomes three processes, each of which writes its number. One is in our own process
/// group. One left its session, and its parent ended. One ignores SIGTERM.
class Tree {
 public:
  explicit Tree(const std::filesystem::path& folder) : folder_(folder) {}

  std::vector<std::string> command() const {
    const std::string script =
        "cd '" + folder_.string() +
        "'\n"
        "setsid sh -c 'sh -c \"echo \\$\\$ > orphan.draft; mv orphan.draft orphan; exec sleep 3600\" & exit' "
        "&\n"
        "sh -c 'trap \"\" TERM; echo $$ > deaf.draft; mv deaf.draft deaf; while :; do sleep 1; done' &\n"
        "echo $$ > own.draft; mv own.draft own\n"
        "wait; sleep 3600\n";
    return {"/bin/sh", "-c", script};
  }
  /// Waits until all three are there.
  std::vector<pid_t> processes() const {
    std::vector<pid_t> found;
    for (const auto* name : {"orphan", "deaf", "own"}) {
      EXPECT_TRUE(eventually([&] { return std::filesystem::exists(folder_ / name); })) << name;
      found.push_back(std::atoi(read_text(folder_ / name).c_str()));
    }
    return found;
  }

 private:
  std::filesystem::path folder_;
};

Request request(std::vector<std::string> arguments, std::chrono::nanoseconds limit = hang_guard) {
  return {std::move(arguments), {}, limit.count()};
}

Answer run(Launcher& launcher, const Request& what) {
  const auto answer = launcher.run(what);
  if (!answer) throw std::runtime_error("interrupted");
  return *answer;
}

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
      "trap 'read -r number name state more < /proc/$other/stat; echo $state; exit' TERM\n"
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

TEST(LauncherTest, IsNotForUseByHand) {
  Launcher launcher(RUNOFF_LAUNCHER);
  EXPECT_EQ(run(launcher, request({RUNOFF_LAUNCHER})).exit_code, 2);
  EXPECT_EQ(run(launcher, request({RUNOFF_LAUNCHER, "--help"})).exit_code, 0);
  EXPECT_EQ(run(launcher, request({RUNOFF_LAUNCHER, "--version"})).exit_code, 0);
}

}  // namespace
}  // namespace runoff
