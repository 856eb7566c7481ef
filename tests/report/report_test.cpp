#include "report/report.h"

#include <sys/stat.h>
#include <unistd.h>

#include <sstream>

#include "folder.h"

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

TEST(Report, WritesItsFilesAndSaysWhereTheyAre) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("serial", 1, 30'000'000) + constant("tbb", 2, 20'000'000)));
  folder.write("environment.json", R"({"processor": {"model": "Example"}, "cores_used_as_all": 2})");
  const Said said = reported({folder.path()}, true);
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(said.errors, "");
  EXPECT_TRUE(said.out.starts_with(folder.path().string() + "  ·  Example, 2 cores\n")) << said.out;
  EXPECT_NE(said.out.find("→ tbb wins: 20.0 ms with 2 workers"), std::string::npos) << said.out;
  for (const std::string name : {"samples.csv", "summary.csv", "benchmark.json", "plots/speedup.png",
                                 "plots/speedup.svg", "plots/scaling.png", "plots/scaling.svg"}) {
    EXPECT_TRUE(folder.has(name)) << name;
    EXPECT_NE(said.out.find((folder.path() / name).string() + "\n"), std::string::npos) << name;
  }
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
  EXPECT_EQ(said.errors,
            "'" + empty.path().string() + "' holds no run: it has no samples.csv that can be read\n");
  EXPECT_TRUE(good.has("summary.csv"));
}

TEST(Report, AFolderThatCannotBeWrittenIsToldOf) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("serial", 1, 30)));
  std::filesystem::create_directory(folder.path() / "summary.csv");  // holds for root too, unlike permissions
  folder.write("summary.csv/x", "");
  const Said said = reported({folder.path()});
  EXPECT_EQ(said.status, 3);
  EXPECT_TRUE(said.errors.starts_with("cannot write " + folder.path().string() + "/summary.csv: "))
      << said.errors;
  EXPECT_FALSE(folder.has("summary.csv.part"));
}

TEST(Report, TornRowIsToldOf) {
  const Folder folder;
  folder.write("samples.csv", csv_of(constant("serial", 1, 30)) + "x,7");
  EXPECT_NE(
      reported({folder.path()}).out.find("! The last row of samples.csv is cut short and was left out."),
      std::string::npos);
}

}  // namespace
}  // namespace runoff
