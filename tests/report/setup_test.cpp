#include "report/setup.h"

#include <gtest/gtest.h>

#include "folder.h"
#include "report/repeat_command.h"
#include "support/json.h"

namespace runoff {
namespace {

std::string told(const RunSetup& setup, const std::string& title, const std::string& name) {
  for (const RunSetup::Group& group : setup.groups)
    for (const RunSetup::Fact& fact : group.facts)
      if (group.title == title && fact.name == name) return fact.text;
  return "-";
}

TEST(Setup, WhatIsKnownIsToldAndWhatIsNotIsLeftOut) {
  const RunSetup setup = setup_of(parse_json(R"({
    "processor": {"model": "Example", "governor": null}, "allowed_cores": [0, 2], "memory_available_bytes": 1073741824,
    "topology": {"caches": [{"level": "L1Cache", "bytes": 49152, "count": 2}, {"level": "L3Cache", "bytes": 33554432}]},
    "placement": {"policy": "pinned", "meaning": "each on its own"}, "timeout_ns": 5000000000,
    "command_line": ["runoff", "run", "--out", "my run"],
    "doctor": {"governor": {"level": "bad", "seen": "powersave"}, "turbo": {"level": "unknown", "seen": ""}},
    "runtimes": {"tbb": {"runtime": "oneTBB 2021.8", "environment": {"A": "1"}, "launcher": "start {workers}"}}})"));
  EXPECT_EQ(told(setup, "Machine", "processor"), "Example");
  EXPECT_EQ(told(setup, "Machine", "frequency governor"), "-");
  EXPECT_EQ(told(setup, "Machine", "allowed processors"), "0, 2");
  EXPECT_EQ(told(setup, "Machine", "memory available"), "1.00 GiB");
  EXPECT_EQ(told(setup, "Machine", "caches"), "2 × L1 of 48.0 KiB, L3 of 32.0 MiB");
  EXPECT_EQ(told(setup, "Run", "command"), "runoff run --out 'my run'");
  EXPECT_EQ(told(setup, "Run", "placement of workers"), "pinned: each on its own");
  EXPECT_EQ(told(setup, "Run", "time limit of a sample"), "5s");
  EXPECT_EQ(setup.turns, "none");  // as before there were any
  EXPECT_EQ(setup_of(parse_json(R"({"placement": {"policy": "free"}, "sampling": {"turns": true}})")).turns,
            "taken");
  EXPECT_EQ(setup_of(parse_json("null")).turns, "");
  EXPECT_EQ(told(setup, "What runoff doctor found", "governor"), "bad: powersave");
  EXPECT_EQ(told(setup, "What runoff doctor found", "turbo"), "unknown");
  EXPECT_EQ(told(setup, "Runtimes", "tbb"), "oneTBB 2021.8; A=1; started by: start {workers}");
}

TEST(Setup, AnEnvironmentOfOtherTypesTellsNothingOfThem) {
  for (const char* text : {"null", "[]", "7", R"({"processor": 3, "topology": [], "runtimes": [1],
        "command_line": "runoff", "timeout_ns": "long", "placement": null, "workloads": {"x": 1}, "libraries": "y"})"})
    EXPECT_TRUE(setup_of(parse_json(text)).groups.empty()) << text;
}

TEST(RepeatCommand, NamesTheCellAndKeepsWhatSaysHowItWasMeasured) {
  Cell cell;
  cell.problem = {"it's", "n=1000;path=a b", "cpu", "independent"};
  cell.backend = "fork";
  cell.variant = "mode=pool;threads=2";
  cell.workers = 4;
  const Sample sample;
  cell.samples = {{}, std::vector<const Sample*>(7, &sample)};
  RunSetup setup;
  setup.command_line = {"./my runoff", "run",     "--plugin",  "x.so", "--launcher=mpi=srun -n {workers}",
                        "--workers",   "1,2",     "--samples", "7",    "--endpoint",
                        "http://h/?a", "--resume"};
  setup.placement = "free";
  setup.timeout = "5s";
  EXPECT_EQ(repeat_command(cell, setup),
            "'./my runoff' run --workloads 'it'\\''s' --set 'it'\\''s.n=1000' --set 'it'\\''s.path=a b' "
            "--backends fork:mode=pool:threads=2 --workers 4 --samples 7 --placement free --timeout 5s "
            "--plugin x.so '--launcher=mpi=srun -n {workers}' --endpoint 'http://h/?a'");
  EXPECT_TRUE(repeat_command(cell, {}).starts_with("runoff run --workloads "));
}

}  // namespace
}  // namespace runoff
