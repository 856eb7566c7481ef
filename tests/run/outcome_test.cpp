#include "run/outcome.h"

#include <gtest/gtest.h>

#include <csignal>

#include "run/cell_request.h"
#include "support/files.h"
#include "support/temporary.h"

namespace runoff {
namespace {

class OutcomeOf : public testing::Test {
 protected:
  Outcome read(const Answer& answer, const std::string& result = {}) {
    const auto file = folder_.path() / "result.json";
    std::filesystem::remove(file);
    if (!result.empty()) write_text(file, result);
    return outcome_of(answer, file);
  }
  static Answer answer(int exit_code, int signal = 0) {
    Answer made;
    made.how = signal == 0 ? "exited" : "was killed";
    made.exit_code = exit_code;
    made.signal = signal;
    made.output = "last words\n";
    return made;
  }
  TemporaryFolder folder_;
};

TEST_F(OutcomeOf, TakesWhatTheCellWrote) {
  const Outcome outcome =
      read(answer(0), R"({"status": "ok", "detail": "", "wall_ns": 12, "workers_seen": 2})");
  EXPECT_EQ(outcome.status, Status::ok);
  EXPECT_EQ(outcome.wall_ns, 12);
  EXPECT_EQ(outcome.workers_seen, 2);
  EXPECT_FALSE(outcome.cpu_ns);
  EXPECT_EQ(outcome.detail, "");
  EXPECT_EQ(outcome.printed, "last words");
}

TEST_F(OutcomeOf, KeepsStatusAndDetail) {
  const Outcome outcome = read(answer(1), R"({"status": "wrong", "detail": "1, not\n2"})");
  EXPECT_EQ(outcome.status, Status::wrong);
  EXPECT_EQ(outcome.detail, "1, not 2");
  EXPECT_EQ(read(answer(0), R"({"status": "unsupported", "detail": "no loop"})").status, Status::unsupported);
}

TEST_F(OutcomeOf, WhatWasLostIsQuoted) {
  EXPECT_EQ(read(answer(1), R"({"status": "crashed", "detail": "python3 exited with code 1"})").detail,
            "python3 exited with code 1: last words");
}

TEST_F(OutcomeOf, NoResultIsACrash) {
  EXPECT_EQ(read(answer(0, SIGSEGV)).status, Status::crashed);
  EXPECT_EQ(read(answer(0, SIGSEGV)).detail, "was killed without a result: last words");
  EXPECT_EQ(read(answer(9)).status, Status::crashed);
  EXPECT_EQ(read(answer(0)).status, Status::crashed);
  EXPECT_EQ(read(answer(0), "{\"status\": \"ok\", ").status, Status::crashed);
  EXPECT_EQ(read(answer(0), R"({"status": "splendid"})").status, Status::crashed);
}

TEST_F(OutcomeOf, ARefusedCommandLineIsAFailure) {
  for (const int code : {2, 3}) {
    Answer made = answer(code);
    EXPECT_EQ(read(made).status, Status::crashed);  // its launcher's own exit status
    made.output = "runoff-cell: no such module\n";
    EXPECT_EQ(read(made).status, Status::failed);
    EXPECT_EQ(read(made).detail, "exited without a result: runoff-cell: no such module");
  }
}

TEST_F(OutcomeOf, ALauncherThatFailedAndDidNotEndIsACrash) {
  Answer made = answer(0, SIGKILL);
  made.gave_up = true;
  EXPECT_EQ(read(made).status, Status::crashed);
  EXPECT_EQ(read(made).detail, "its launcher failed, and did not end: last words");
}

TEST_F(OutcomeOf, AnEndThatBeliesTheResultIsACrash) {
  EXPECT_EQ(read(answer(0, SIGABRT), R"({"status": "ok", "wall_ns": 1})").status, Status::crashed);
  EXPECT_EQ(read(answer(5), R"({"status": "ok", "wall_ns": 1})").status, Status::crashed);
  EXPECT_EQ(read(answer(5), R"({"status": "ok", "wall_ns": 1})").detail,
            "exited after its result was written: last words");
}

TEST_F(OutcomeOf, AFigureThatCannotBeIsWrongAndNotKept) {
  Answer fine = answer(0);
  fine.wall_ns = 1000;
  for (const char* timeless : {R"({"status": "ok"})", R"({"status": "ok", "wall_ns": 0})"})
    EXPECT_EQ(read(fine, timeless).detail, "its result cannot be: it is ok, and took no time");
  const char* negative = R"({"status": "ok", "wall_ns": 100, "iterations": 5, "cpu_ns": -7, "tasks": 3})";
  Outcome outcome = read(fine, negative);
  EXPECT_EQ(outcome.status, Status::wrong);
  EXPECT_EQ(outcome.detail, "its result cannot be: cpu_ns is -7, and no such figure is below 0");
  EXPECT_FALSE(outcome.cpu_ns || outcome.wall_ns || outcome.tasks);
  // Eleven of them would have taken longer than the process.
  EXPECT_EQ(read(fine, R"({"status": "ok", "wall_ns": 100, "iterations": 10})").status, Status::ok);
  EXPECT_EQ(read(fine, R"({"status": "ok", "wall_ns": 100, "iterations": 11})").status, Status::wrong);
}

TEST_F(OutcomeOf, TellsOfProcessesThatAreLeft) {
  Answer left = answer(0);
  left.left = 2;
  EXPECT_EQ(read(left, R"({"status": "ok", "wall_ns": 1})").detail, "2 of its processes could not be ended");
  EXPECT_EQ(read(left, R"({"status": "ok", "wall_ns": 1, "detail": "fine"})").detail,
            "fine; 2 of its processes could not be ended");
}

TEST_F(OutcomeOf, WhatDidNotStartIsAFailure) {
  Answer none;
  none.error = "cannot start 'mpirun'";
  EXPECT_EQ(read(none).status, Status::failed);
  EXPECT_EQ(read(none).detail, "cannot start 'mpirun'");
}

TEST_F(OutcomeOf, ATimeLimitIsATimeout) {
  Answer late = answer(0, SIGTERM);
  late.timed_out = true;
  late.wall_ns = 2'000'000'000;
  EXPECT_EQ(read(late, R"({"status": "ok", "wall_ns": 1})").status, Status::timeout);
  EXPECT_NE(read(late).detail.find("2.0 s"), std::string::npos);
  late.at_the_limit = "all 2 threads of 1 process wait";
  EXPECT_NE(read(late).detail.find("; all 2 threads of 1 process wait: last words"), std::string::npos);
}

class CommandLine : public testing::Test {
 protected:
  std::string text(unsigned workers) {
    cell_.workers = workers;
    std::string all;
    for (const auto& word :
         cell_request(cell_, workload_, backend_, settings_, "/tmp/r", "/dev/shm/a b").arguments)
      all += (all.empty() ? "" : " ") + word;
    return all;
  }
  static bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

  PlannedCell cell_{"sums", "n=5;grain=2", "cpu", "independent", "team", "mode=pool", 1, "sums/team"};
  WorkloadModule workload_;
  BackendModule backend_;
  CellSettings settings_{.cell = "/bin/cell", .cpus = {0, 2}, .timeout = std::chrono::seconds(3)};
};

TEST_F(CommandLine, NamesAllOfTheCell) {
  workload_.file = "/w.so";
  backend_.file = "/b.so";
  EXPECT_EQ(
      text(2),
      "/bin/cell --workload /w.so --backend /b.so --set n=5 --set grain=2 --variant mode=pool --workers 2 "
      "--label sums/team --result /tmp/r --cpus 0,2 --pin");
}

TEST_F(CommandLine, PinsOnlyWhereEachWorkerCanHaveACore) {
  EXPECT_FALSE(has(text(3), "--pin"));
  settings_.placement = Placement::compact;
  EXPECT_TRUE(has(text(2), "--pin"));
  settings_.placement = Placement::free;
  EXPECT_FALSE(has(text(1), "--pin"));
}

TEST_F(CommandLine, RanksFindOutThemselvesWhetherThereAreCoresEnough) {
  backend_.launcher = "mpirun -n {workers}";
  EXPECT_TRUE(has(text(2), "--pin"));
  EXPECT_TRUE(has(text(3), "--pin"));
  settings_.placement = Placement::free;
  EXPECT_FALSE(has(text(2), "--pin"));
}

TEST_F(CommandLine, StartsRanksThroughTheLauncher) {
  backend_.name = "ranks";
  backend_.launcher = "mpirun -n {workers} --quiet";
  EXPECT_TRUE(text(4).starts_with("mpirun -n 4 --quiet /bin/cell "));
  settings_.launchers["ranks"] = "srun  --ntasks={workers}";
  EXPECT_TRUE(text(4).starts_with("srun --ntasks=4 /bin/cell "));
  settings_.launchers["ranks"] = "launch --fast";
  EXPECT_TRUE(text(4).starts_with("launch --fast -n 4 /bin/cell "));
}

TEST_F(CommandLine, StartsAProcessForAsManyWorkersAsTheVariantSays) {
  backend_.launcher = "start {workers} of {threads}";
  backend_.options.push_back(Parameter::optional_count("threads", 1, 64, "").sets_workers_of_process());
  EXPECT_TRUE(text(5).starts_with("start 5 of 1 /bin/cell ")) << text(5);
  cell_.variant = "mode=pool;threads=2";
  EXPECT_TRUE(text(5).starts_with("start 3 of 2 /bin/cell ")) << text(5);
  EXPECT_TRUE(has(text(5), "--variant threads=2 --workers 5 "));
}

TEST_F(CommandLine, HostsOfProcessesLieBesideTheResult) {
  const TemporaryFolder folder;
  backend_.launcher = "start {hosts}";
  backend_.options.push_back(Parameter::optional_count("threads", 1, 64, "").sets_workers_of_process());
  settings_.hosts = folder.path() / "hosts";
  write_file(settings_.hosts, "east slots=4\nwest slots=2\n");
  const auto file = [&] {
    return cell_request(cell_, workload_, backend_, settings_, folder.path() / "result", "/dev/shm/a")
        .arguments[1];
  };
  EXPECT_EQ(file(), settings_.hosts);
  cell_.variant = "threads=2";
  EXPECT_EQ(std::filesystem::path(file()).parent_path(), folder.path());
  EXPECT_EQ(read_file(file()), "east slots=2\nwest slots=1\n");
}

TEST_F(CommandLine, HugePagesAreForWhatIsAsLargeAsOne) {
  const auto asks = [this] { return has(text(1), "--huge-pages"); };
  const auto needs = [this](std::int64_t bytes) { settings_.memory[{"sums", "n=5;grain=2"}] = bytes; };
  needs(100 << 20);
  EXPECT_FALSE(asks());
  settings_.huge_pages = true;
  EXPECT_TRUE(asks());
  needs((2 << 20) - 1);
  EXPECT_FALSE(asks());
  settings_.memory.clear();  // it may be
  EXPECT_TRUE(asks());
}

TEST_F(CommandLine, RanksHaveAFolderForSharedMemory) {
  backend_.launcher = "start -n {workers} --in {shared_memory} --also={shared_memory}/1";
  backend_.file = "/b.so";
  const Request asked = cell_request(cell_, workload_, backend_, settings_, "/tmp/r", "/dev/shm/a b");
  EXPECT_EQ(std::vector(asked.arguments.begin(), asked.arguments.begin() + 6),
            (std::vector<std::string>{"start", "-n", "1", "--in", "/dev/shm/a b", "--also=/dev/shm/a b/1"}));
}

TEST_F(CommandLine, AVariantHasItsEnvironment) {
  backend_.environment = {{"SPIN", "1"}};
  backend_.variants_environment = {{{{"mode", "pool"}}, {{"SPIN", "0"}}},
                                   {{{"mode", "spawn"}}, {{"SPIN", "9"}}}};
  const auto given = [&] {
    return cell_request(cell_, workload_, backend_, settings_, "/tmp/r", "/dev/shm/a").environment;
  };
  EXPECT_EQ(given(), (Pairs{{"SPIN", "1"}, {"SPIN", "0"}}));
  cell_.variant = "mode=spawn";
  EXPECT_EQ(given(), (Pairs{{"SPIN", "1"}, {"SPIN", "9"}}));
}

TEST_F(CommandLine, AnotherLauncherIsForItsOwnBackendAlone) {
  settings_.launchers["ranks"] = "srun";
  EXPECT_TRUE(text(4).starts_with("/bin/cell "));
  backend_.name = "others";
  backend_.launcher = "mpirun -n {workers}";
  EXPECT_TRUE(text(4).starts_with("mpirun -n 4 "));
  backend_.name = "ranks";
  EXPECT_TRUE(text(4).starts_with("srun -n 4 "));
}

}  // namespace
}  // namespace runoff
