#include "report/load.h"

#include <sys/stat.h>

#include "folder.h"
#include "report/latencies_csv.h"
#include "support/errors.h"

namespace runoff {
namespace {

std::string message(const std::filesystem::path& folder) {
  try {
    load_run(folder);
  } catch (const ReportError& error) {
    return error.what();
  } catch (const MachineError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Load, SamplesAndMachine) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  folder.write("environment.json",
               R"({"processor": {"model": "Example"}, "cores_used_as_all": 2, "started": null})");
  const LoadedRun run = load_run(folder.path());
  EXPECT_EQ(csv_of({run.samples.begin(), run.samples.end()}), csv_of(constant("tbb", 2, 5)));
  EXPECT_EQ(run.machine.processor, "Example");
  EXPECT_EQ(run.machine.cores, 2);
  EXPECT_EQ(run.machine.started, "");
  EXPECT_FALSE(run.torn);
}

TEST(Load, BlankRowsBeforeTheHeaderArePassedOver) {
  const Folder folder;
  folder.write("samples.csv", "\r\n,,\r\n" + csv_of(constant("tbb", 2, 5)));
  EXPECT_EQ(load_run(folder.path()).samples.size(), 6U);
}

TEST(Load, TextOfACodePageIsRefused) {
  const Folder folder;
  std::vector<Sample> samples = constant("tbb", 2, 5);
  samples[1].parameters =
      "file=gr\xF6\xDF"
      "e.txt";
  folder.write("samples.csv", csv_of(samples));
  EXPECT_EQ(
      message(folder.path()),
      folder.path().string() +
          "/samples.csv is damaged: line 3: field 4 is no text in UTF-8; save the file as CSV in UTF-8");
}

TEST(Load, NoTextOfTheEnvironmentSteersATerminal) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  folder.write("environment.json", R"({"processor": {"model": "\u001b[31mred"},
      "left_out": [{"sentence": "rings\u0007"}]})");
  const LoadedRun run = load_run(folder.path());
  EXPECT_EQ(run.machine.processor, " [31mred");
  EXPECT_EQ(run.left_out.at(0).sentence, "rings ");
}

TEST(Load, WhatModulesSayOfThemselvesAndWhatWasLeftOut) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  folder.write("environment.json", R"({
      "workloads": {"graph": {"grain": "grain"}, "sleep": {"grain": null}},
      "runtimes": {"loop": {"concurrency_option": "many"}, "tbb": {"concurrency_option": null}, "fork": {}},
      "left_out": [{"sentence": "a", "cells": ["x/y", 7]}, {"sentence": "b"}, 3]})");
  const LoadedRun run = load_run(folder.path());
  EXPECT_EQ(run.grains, (std::map<std::string, std::string>{{"graph", "grain"}}));
  EXPECT_EQ(run.concurrency_options, (ConcurrencyOptions{{"loop", "many"}}));
  ASSERT_EQ(run.left_out.size(), 3u);
  EXPECT_EQ(run.left_out[0].sentence, "a");
  EXPECT_EQ(run.left_out[0].cells, std::set<std::string>{"x/y"});
  EXPECT_EQ(run.left_out[1].sentence, "b");
  EXPECT_TRUE(run.left_out[1].cells.empty());
}

TEST(Load, AnEnvironmentThatWasEditedByHandIsReadAsFarAsItMakesSense) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  folder.write("environment.json", R"({
      "cores_used_as_all": "two", "processor": 7, "sampling": {"looks": ["six", -1], "precision": "3"},
      "experiments": [3, {"experiment": "a1", "rows": 5}, {"rows": [7, {"workload": "primes", "workers": "two"}]}],
      "workloads": [1], "runtimes": {"tbb": 3, "fork": {"how_to_get": [1]}}, "left_out": {"sentence": 1},
      "unequal_terms": 1, "open": []})");
  const LoadedRun run = load_run(folder.path());
  EXPECT_FALSE(run.machine.cores.has_value());
  ASSERT_EQ(run.experiments.size(), 3U);
  EXPECT_EQ(run.experiments[1].name, "a1");
  ASSERT_EQ(run.experiments[2].rows.size(), 2U);
  EXPECT_EQ(run.experiments[2].rows[1].workload, "primes");
  EXPECT_EQ(run.experiments[2].rows[1].workers, 1);
  EXPECT_TRUE(run.left_out.empty());
  folder.write("environment.json", "[1, 2]");
  EXPECT_EQ(load_run(folder.path()).samples.size(), 6U);
}

/// A run called "r" of six samples, with these rows in its latencies.csv.
class Latencies : public testing::Test {
 protected:
  void write(const std::string& rows) const {
    std::vector<Sample> some = constant("tbb", 2, 5);
    for (Sample& sample : some) sample.run = "r";
    folder_.write("samples.csv", csv_of(some));
    folder_.write(
        "latencies.csv",
        "run,order,workload,parameters,backend,variant,workers,sample,quantile,latency_ns\r\n" + rows);
  }
  Folder folder_;
};

TEST_F(Latencies, OfSingleTasks) {
  write("r,5,fetch,n=1,tbb,,26,1,0.5,1000\r\nr,5,fetch,n=1,tbb,,26,1,1,20");
  const LoadedRun run = load_run(folder_.path());
  ASSERT_EQ(run.latencies.size(), 1u) << "the last row is cut short";
  EXPECT_EQ(run.latencies[0].workload + run.latencies[0].parameters + run.latencies[0].backend,
            "fetchn=1tbb");
  EXPECT_EQ(run.latencies[0].workers, 26);
  ASSERT_EQ(run.latencies[0].points.size(), 1u);
  EXPECT_EQ(run.latencies[0].points[0].quantile, 0.5);
  EXPECT_EQ(run.latencies[0].points[0].ns, 1000);
  EXPECT_EQ(read_latencies(folder_.path() / "latencies.csv").at(0).order, 5);
}

TEST_F(Latencies, OfSamplesThatNeverEndedCountForNothing) {
  write("r,5,primes,n=1,tbb,,2,1,1,1000\r\nr,6,primes,n=1,tbb,,2,1,1,90000\r\n");
  const LoadedRun run = load_run(folder_.path());
  ASSERT_EQ(run.latencies.size(), 1u);
  EXPECT_EQ(run.latencies[0].points.at(0).ns, 1000);
}

TEST_F(Latencies, OfAnotherRunAreRefused) {
  write("r,4,primes,n=1,tbb,,2,1,1,1000\r\nlast week,5,primes,n=1,tbb,,2,1,1,1000\r\n");
  EXPECT_EQ(message(folder_.path()),
            folder_.path().string() +
                "/latencies.csv holds latencies of the run 'last week', and samples.csv "
                "samples of 'r'; put its own file back, or remove it");
}

TEST(Load, WithoutEnvironmentTheMachineIsUnknown) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  EXPECT_FALSE(load_run(folder.path()).machine.cores.has_value());
}

TEST(Load, TornLastRowIsLeftOut) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)) + "run,6,pri");
  const LoadedRun run = load_run(folder.path());
  EXPECT_EQ(run.samples.size(), 6U);
  EXPECT_TRUE(run.torn);
}

TEST(Load, SaysWhatIsWrongInOneLine) {
  const Folder folder;
  const std::string path = folder.path().string(), file = path + "/samples.csv";
  EXPECT_EQ(message(folder.path() / "none"),
            "there is no folder '" + path + "/none'; give the folder of a run");
  EXPECT_EQ(message(folder.path()), "'" + path + "' holds no run: it has no samples.csv");
  folder.write("samples.csv", "");
  EXPECT_EQ(message(folder.path()), file + " is damaged: there is no header");
  EXPECT_EQ(message(file), "'" + file + "' is a file; give the folder of a run: '" + path + "'");
  folder.write("samples.csv", "a,b\r\n1,2\r\n");
  EXPECT_EQ(message(folder.path()), file +
                                        " is damaged: the header lacks run, order and 25 others; take a "
                                        "samples.csv as runoff wrote it");
  folder.write("samples.csv", csv_of({}));
  EXPECT_EQ(message(folder.path()), file + " has no samples yet");
  folder.write("samples.csv", csv_of({}) + "a,b\r\n");
  EXPECT_EQ(message(folder.path()), file + " is damaged: row 2: 2 fields where the header has " +
                                        std::to_string(sample_columns().size()));
  folder.write("samples.csv", csv_of({}) + "a\"b\r\n");
  EXPECT_EQ(message(folder.path()),
            file + " is damaged: line 2: a quote inside a field that does not begin with one");
  folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
  folder.write("latencies.csv", "what,is\r\nthis,then\r\n");
  EXPECT_EQ(message(folder.path()), path + "/latencies.csv is damaged: the header lacks run");
  folder.write("environment.json", "{");
  EXPECT_EQ(message(folder.path()), path + "/environment.json is no JSON: remove it to report without it");
}

/// What the system says of a file is said, and the file is not taken for one that is missing or damaged.
TEST(Load, AFileThatCannotBeReadIsNoneThatIsMissing) {
  const Folder around;
  std::filesystem::create_symlink("loop", around.path() / "loop");
  EXPECT_EQ(message(around.path() / "loop"),
            "cannot read '" + (around.path() / "loop").string() + "': Too many levels of symbolic links");
  for (const char* name : {"samples.csv", "environment.json", "latencies.csv"}) {
    const Folder folder;
    folder.write("samples.csv", csv_of(constant("tbb", 2, 5)));
    const auto file = folder.path() / name;
    const std::string cannot = "cannot read '" + file.string() + "': ";
    std::filesystem::remove(file);
    std::filesystem::create_symlink("/proc/self/mem", file);  // no permissions are needed for this one
    EXPECT_EQ(message(folder.path()), cannot + "Input/output error");
    std::filesystem::remove(file);
    std::filesystem::create_symlink(name, file);
    EXPECT_EQ(message(folder.path()), cannot + "Too many levels of symbolic links");
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    EXPECT_EQ(message(folder.path()), cannot + "it is no regular file");
    std::filesystem::remove(file);
    ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
    EXPECT_EQ(message(folder.path()), cannot + "it is no regular file");
  }
}

}  // namespace
}  // namespace runoff
