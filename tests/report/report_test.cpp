#include "report/report.h"

#include <sstream>

#include "folder.h"
#include "report/table.h"

namespace runoff {
namespace {

struct Said {
  int status;
  std::string out, errors;
};

Said reported(const std::vector<std::filesystem::path>& folders, bool plots = false) {
  std::ostringstream out, errors;
  const int status = report(folders, out, errors, {.colour = false, .plots = plots, .scripts = SCRIPTS});
  return {status, out.str(), errors.str()};
}

// All lines of a text that are paths in the folder.
std::vector<std::string> paths_in(const std::string& text, const Folder& folder) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(folder.path().string() + "/"))
      found.push_back(line.substr(folder.path().string().size() + 1));
  return found;
}

TEST(Report, FirstTheAnswersThenTheTablesThePathsLast) {
  const Folder folder;
  std::vector<Sample> other =
      constant("serial", 1, 50'000'000) + constant("fork", 2, 40'000'000) + constant("mpi", 2, 44'000'000);
  for (Sample& sample : other) sample.workload = "sums";
  folder.write("samples.csv",
               csv_of(constant("serial", 1, 30'000'000) + constant("tbb", 2, 20'000'000) + other) + "torn");
  folder.write("environment.json", R"({"processor": {"model": "Example"}, "cores_used_as_all": 2})");
  const Said said = reported({folder.path()}, true);
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(said.errors, "");
  EXPECT_TRUE(said.out.starts_with(
      "primes: tbb wins: 20.0 ms with 2 workers, 1.50 × as fast as serial (95 % sure: 1.50 to 1.50 ×).\n"
      "sums: fork wins: 40.0 ms with 2 workers, 1.25 × as fast as serial (95 % sure: 1.25 to 1.25 ×); the "
      "next,\n"
      "  mpi, takes 10 % longer (95 % sure: 10 to 10 %).\n"
      "\n"
      "Measured on Example, 2 cores.\n"
      "\n"
      "primes  n=1000"))
      << said.out;
  EXPECT_EQ(said.out.find("wins", said.out.find("Measured on")), std::string::npos) << "said twice:\n"
                                                                                    << said.out;
  std::size_t last = 0;
  for (const char* part :
       {"Measured on", "\nprimes  n=1000", "\nsums  n=1000", "\n! The last row of", "\nMedians over",
        "/samples.csv\n", "/plots/scaling.png\n", "/plots/speedup.svg\n"}) {
    const std::size_t place = said.out.find(part);
    ASSERT_NE(place, std::string::npos) << part << "\n" << said.out;
    EXPECT_GT(place, last) << part;
    last = place;
  }
  const std::vector<std::string> paths = paths_in(said.out, folder);
  EXPECT_EQ(paths, (std::vector<std::string>{"samples.csv", "environment.json", "summary.csv",
                                             "benchmark.json", "resources.csv", "plots/heatmap.png",
                                             "plots/heatmap.svg", "plots/scaling.png", "plots/scaling.svg",
                                             "plots/speedup.png", "plots/speedup.svg"}));
  for (const std::string& name : paths) EXPECT_TRUE(folder.has(name)) << name;
}

TEST(Report, SaysHowToGetWhatWasComparedAndWhatSpeedUpsAreAgainst) {
  const Folder folder;
  std::vector<Sample> own = constant("threads", 2, 20'000'000), loop = constant("threads", 1, 30'000'000);
  for (Sample& sample : own) sample.variant = "mode=pool";
  for (Sample& sample : loop) sample.variant = "mode=loop";
  folder.write("samples.csv", csv_of(own + loop + constant("tbb", 2, 25'000'000)));
  folder.write("environment.json", R"({"runtimes": {
    "threads": {"how_to_get": {"mode=pool": "our own", "": "the language"}}, "tbb": {"how_to_get": {"": "libtbb-dev"}}},
    "workloads": {"primes": {"reference": "threads:mode=loop"}}})");
  const Said said = reported({folder.path()});
  EXPECT_NE(
      said.out.find(
          "\nHow to get them: tbb (libtbb-dev), threads mode=loop (the language), threads mode=pool (our"),
      std::string::npos)
      << said.out;
  EXPECT_NE(said.out.find("1.50 × as fast as threads mode=loop"), std::string::npos) << said.out;
}

std::vector<Sample> at(const std::string& parameters, std::vector<Sample> samples) {
  for (Sample& sample : samples) sample.parameters = parameters;
  return samples;
}

TEST(Report, WhatHoldsAlongASweepIsTheAnswerAndItsStopsSayTheirsUnderTheirTables) {
  const Folder folder;
  folder.write("samples.csv", csv_of(at("n=1", constant("fork", 2, 10) + constant("tbb", 2, 20)) +
                                     at("n=9", constant("fork", 2, 90) + constant("tbb", 2, 80))));
  const std::string out = reported({folder.path()}).out;
  EXPECT_TRUE(out.starts_with("primes by n: The best choice changes hands: at 1 fork; at 9 tbb.\n\n")) << out;
  EXPECT_EQ(out.find("changes hands", 40), std::string::npos) << out;
  EXPECT_NE(out.find("\n  → tbb wins: 80 ns with 2 workers"), std::string::npos) << out;
}

TEST(Report, SeveralRunsAreToldApart) {
  const Folder one, two;
  for (const Folder* folder : {&one, &two}) folder->write("samples.csv", csv_of(constant("tbb", 2, 30)));
  const std::string out = reported({one.path(), two.path()}).out;
  EXPECT_TRUE(out.starts_with(one.path().string() + "\n\nprimes: ")) << out;
  EXPECT_NE(out.find("\n\n" + two.path().string() + "\n\nprimes: "), std::string::npos) << out;
}

constexpr const char* left_out = R"({"left_out": [{
    "sentence": "left out: primes with 1 worker (2 of 4 cells): 90 s are too short; to have all: runoff run",
    "cells": ["primes/serial/workers:1", "primes/tbb/workers:1"]}]})";

TEST(Report, WhatTheRunLeftOutIsToldAfterTheAnswersAndIsNoComparison) {
  const Folder folder;
  folder.write("samples.csv",
               csv_of(constant("tbb", 1, 10, 1) + constant("tbb", 2, 20) + constant("fork", 2, 90)));
  folder.write("environment.json", left_out);
  const std::string out = reported({folder.path()}).out;
  EXPECT_TRUE(out.starts_with(
      "primes: tbb wins: 20 ns with 2 workers; the next, fork, takes 4.50 × as long (95 % sure: 4.50 to 4.50 "
      "×).\n"
      "left out: primes with 1 worker (2 of 4 cells): 90 s are too short; to have all: runoff run\n\n"))
      << out;
  EXPECT_EQ(out.find("Too few samples"), std::string::npos) << out;
  EXPECT_NE(folder.read("summary.csv").find("primes,n=1000,cpu,independent,tbb,,1,1,10"), std::string::npos);
}

TEST(Report, AComparisonThatWasLeftOutWhollyIsNoTable) {
  const Folder folder;
  std::vector<Sample> none = constant("serial", 1, 5, 1);
  none.front().status = Status::unsupported;
  folder.write("samples.csv", csv_of(constant("tbb", 1, 10, 1) + none));
  folder.write("environment.json", left_out);
  const std::string out = reported({folder.path()}).out;
  EXPECT_EQ(out.find("No verdict"), std::string::npos) << out;
  EXPECT_EQ(out.find("too-few"), std::string::npos) << out;
  EXPECT_TRUE(out.starts_with("left out: primes with 1 worker (2 of")) << out;
}

TEST(Report, WhatHasSamplesEnoughOrWentWrongCountsAlthoughItWasToBeLeftOut) {
  const Folder folder;
  std::vector<Sample> broken = constant("serial", 1, 5, 1);
  broken.front().status = Status::crashed;
  folder.write("samples.csv", csv_of(constant("tbb", 1, 10) + broken));
  folder.write("environment.json", left_out);
  const Said said = reported({folder.path()});
  EXPECT_EQ(said.status, 1);
  EXPECT_NE(said.out.find("Only tbb can be judged: 10 ns with 1 worker"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("kept out: serial at 1 worker: crashed"), std::string::npos) << said.out;
}

TEST(Report, LinesOfWordsFitTheTerminal) {
  const Folder folder;
  std::vector<Sample> all;
  for (const char* workload : {"primes", "sums"}) {
    auto some =
        constant("serial", 1, 38'200'000) + constant("boost-process", 2, 20'000'000) +
        samples("std-thread", 2, {20'000'000, 29'000'000, 19'000'000, 28'000'000, 20'000'000, 30'000'000}) +
        constant("openmp-llvm", 2, 30'000'000);
    for (Sample& sample : some) sample.workload = workload;
    all = all + some;
  }
  folder.write("samples.csv", csv_of(all));
  folder.write("environment.json", R"({"processor": {"model": "Example"}, "cores_used_as_all": 2})");
  for (const std::size_t columns : {60, 80, 120}) {
    std::ostringstream out, errors;
    report({folder.path()}, out, errors,
           {.colour = false, .plots = false, .scripts = {}, .terminal_width = columns});
    std::istringstream lines(out.str());
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with(folder.path().string())) continue;  // a path can be copied where it is whole
      EXPECT_LE(width(line), columns) << line;
    }
  }
}

TEST(Report, OldTablesGoWhereThereIsNothingMoreToWriteIntoThem) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  for (const char* name :
       {"sweeps.csv", "crossovers.csv", "metg.csv", "efficiency.csv", "prices.csv", "latency_curves.csv"})
    folder.write(name, "of the run as it was before");
  reported({folder.path()});
  for (const char* name :
       {"sweeps.csv", "crossovers.csv", "metg.csv", "efficiency.csv", "prices.csv", "latency_curves.csv"})
    EXPECT_FALSE(folder.has(name)) << name;
}

// The medians point at another backend at each value; the samples cannot tell the two apart.
TEST(Report, ThePlotOfASweepSaysWhatTheTerminalSays) {
  const Folder folder;
  const std::vector<std::int64_t> wide{100, 140, 96, 150, 90, 130}, other{110, 120, 125, 95, 118, 124};
  folder.write("samples.csv", csv_of(at("n=1", samples("fork", 2, wide) + samples("tbb", 2, other)) +
                                     at("n=9", samples("fork", 2, other) + samples("tbb", 2, wide)) +
                                     at("n=81", samples("fork", 2, wide) + constant("tbb", 2, 1000))));
  const std::string out = reported({folder.path()}, true).out;
  EXPECT_TRUE(out.starts_with("primes by n: The best choice does not change: throughout fork.\n")) << out;
  const std::string svg = folder.read("plots/sweep.svg");
  EXPECT_NE(svg.find("id=\"sweep-1-reign-1\""), std::string::npos);
  EXPECT_EQ(svg.find("id=\"sweep-1-reign-2\""), std::string::npos);
}

TEST(Report, TheSameRunGivesTheSameFiles) {
  const Folder folder;
  folder.write("samples.csv", csv_of(samples("serial", 1, {30, 31, 35, 30, 36, 33}) +
                                     samples("tbb", 2, {20, 24, 19, 22, 25, 20})));
  reported({folder.path()});
  const std::string summary = folder.read("summary.csv"), benchmark = folder.read("benchmark.json");
  reported({folder.path()});
  EXPECT_EQ(folder.read("summary.csv"), summary);
  EXPECT_EQ(folder.read("benchmark.json"), benchmark);
}

TEST(Report, FailuresGiveOneAndUnsupportedGivesNought) {
  const Folder folder;
  std::vector<Sample> all = constant("serial", 1, 30) + constant("mpi", 2, 20);
  all.back().status = Status::unsupported;
  folder.write("samples.csv", csv_of(all));
  EXPECT_EQ(reported({folder.path()}).status, 0);
  all.back().status = Status::timeout;
  folder.write("samples.csv", csv_of(all));
  EXPECT_EQ(reported({folder.path()}).status, 1);
}

TEST(Report, ADamagedFolderDoesNotKeepOthersFromBeingReported) {
  const Folder good, empty;
  good.write("samples.csv", csv_of(constant("serial", 1, 30)));
  const Said said = reported({empty.path(), good.path()});
  EXPECT_EQ(said.status, 3);
  EXPECT_EQ(said.errors, "'" + empty.path().string() + "' holds no run: it has no samples.csv\n");
  EXPECT_TRUE(good.has("summary.csv"));
}

TEST(Report, AFolderThatCannotBeWrittenIsToldOf) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("serial", 1, 30)));
  std::filesystem::create_directory(folder.path() / "summary.csv");  // holds for root too, unlike permissions
  folder.write("summary.csv/x", "");
  const Said said = reported({folder.path()});
  EXPECT_EQ(said.status, 3);
  EXPECT_TRUE(said.errors.starts_with("cannot write '" + folder.path().string() + "/summary.csv': "))
      << said.errors;
  EXPECT_FALSE(folder.has("summary.csv.draft"));
  EXPECT_NE(said.out.find("serial"), std::string::npos) << "the answers are printed all the same";
}

TEST(Report, AnExportThatCannotBeWrittenCostsNothingElse) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("serial", 1, 30)));
  for (const bool json : {false, true}) {
    std::filesystem::remove(folder.path() / "summary.csv");
    std::ostringstream out, errors;
    ReportOptions options;
    options.plots = false;
    (json ? options.exports.json : options.exports.markdown) = folder.path() / "no" / "file";
    EXPECT_EQ(report({folder.path()}, out, errors, options), 3);
    EXPECT_EQ(errors.str(),
              "cannot write '" + (folder.path() / "no" / "file").string() + "': No such file or directory\n");
    EXPECT_NE(out.str().find("serial"), std::string::npos);
    EXPECT_TRUE(folder.has("summary.csv"));
  }
}

TEST(Report, TornRowIsToldOf) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("serial", 1, 30)) + "x,7");
  EXPECT_NE(reported({folder.path()}).out.find("! The last row of samples.csv has no line end"),
            std::string::npos);
}

}  // namespace
}  // namespace runoff
