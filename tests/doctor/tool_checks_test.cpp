#include <gtest/gtest.h>

#include <cerrno>

#include "doctor/tools.h"
#include "support/temporary.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

bool tells(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

/// A program that is a shell script.
std::string script(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
  const fs::path file = folder.path() / name;
  write_text(file, "#!/bin/sh\n" + text + "\n");
  fs::permissions(file, fs::perms::owner_all);
  return file.string();
}

BackendModule backend(const std::string& name, const std::string& launcher) {
  BackendModule module;
  module.name = name;
  module.available = true;
  module.launcher = launcher;
  return module;
}

TEST(DoctorTools, ACellThatDoesNotRunPreventsAll) {
  EXPECT_EQ(check_cell({"0.1.0\n", "", 0}, "/bin/runoff-cell").level, Level::ok);
  const Finding broken = check_cell({"", "cannot load libbenchmark.so.1", 127}, "/bin/runoff-cell");
  EXPECT_TRUE(broken.prevents);
  EXPECT_TRUE(tells(broken.seen, "libbenchmark.so.1"));
}

TEST(DoctorTools, BackendsThatAreLeftOutNameTheirPackages) {
  Catalog catalog;
  EXPECT_TRUE(check_backends(catalog).prevents);
  catalog.backends.push_back(backend("serial", ""));
  EXPECT_EQ(check_backends(catalog).level, Level::ok);
  BackendModule missing;
  missing.name = "tbb";
  missing.reason = "oneTBB was not found";
  missing.package = "libtbb-dev";
  catalog.backends.push_back(missing);
  const Finding finding = check_backends(catalog);
  EXPECT_EQ(finding.level, Level::warn);
  EXPECT_EQ(finding.seen, "1 of 2; left out: tbb (oneTBB was not found)");
  EXPECT_TRUE(tells(finding.mend, "apt-get install libtbb-dev"));
  // One that is measured only where it is named is missed by no comparison.
  catalog.backends.back().only_by_name = true;
  EXPECT_EQ(check_backends(catalog).seen, "1 of 1");
}

TEST(DoctorTools, LaunchersAreTriedInTheEnvironmentOfTheirBackend) {
  const TemporaryFolder folder;
  Catalog catalog;
  catalog.backends.push_back(backend("serial", ""));
  EXPECT_EQ(check_launchers(catalog).level, Level::ok);
  // It starts what is behind its own words, if it was asked for two workers and has been given the variable.
  const std::string good =
      script(folder, "launch", "[ \"$1 $2 $ALLOWED\" = '-n 2 yes' ] && shift 2 && exec \"$@\"");
  catalog.backends.push_back(backend("ranks", good + " -n {workers}"));
  EXPECT_EQ(check_launchers(catalog).level, Level::warn);
  catalog.backends.back().environment = {{"ALLOWED", "yes"}};
  EXPECT_EQ(check_launchers(catalog).level, Level::ok);
  catalog.backends.push_back(backend("other", script(folder, "fail", "echo no slots left >&2; exit 1")));
  const Finding fails = check_launchers(catalog);
  EXPECT_EQ(fails.level, Level::warn);
  EXPECT_TRUE(tells(fails.seen, "other") && tells(fails.seen, "no slots left")) << fails.seen;
  EXPECT_FALSE(tells(fails.seen, "ranks"));
  catalog.backends.back().available = false;
  EXPECT_EQ(check_launchers(catalog).level, Level::ok);
}

TEST(DoctorTools, CountersThatAreForbiddenAndThoseThatAreNotThere) {
  const TemporaryFolder root;
  write_text(root.path() / "proc/sys/kernel/perf_event_paranoid", "3\n");
  EXPECT_EQ(check_perf(0, root.path()).level, Level::ok);
  EXPECT_EQ(check_perf(EACCES, root.path()).level, Level::warn);
  EXPECT_TRUE(tells(check_perf(EACCES, root.path()).seen, "is 3"));
  EXPECT_EQ(check_perf(ENOENT, root.path()).level, Level::ok);
}

TEST(DoctorTools, ThePythonWithMostPackages) {
  const TemporaryFolder folder;
  const std::string bare = script(folder, "bare", "echo 3.9.1"),
                    plots = script(folder, "plots", "echo 3.11.2 matplotlib numpy pandas"),
                    none = script(folder, "none", "exit 1");
  EXPECT_FALSE(find_python(std::vector{none, folder.path().string() + "/missing"}));
  const auto found = find_python(std::vector{none, bare, plots, bare});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->program, plots);
  EXPECT_EQ(found->version, "3.11.2");
  const Finding without_pictures = check_python(found);
  EXPECT_EQ(without_pictures.level, Level::warn);
  EXPECT_TRUE(tells(without_pictures.mend, "apt-get install python3-pil"));
  EXPECT_FALSE(tells(without_pictures.mend, "pandas"));
  const Finding without_all = check_python(find_python(std::vector{bare}));
  EXPECT_TRUE(tells(without_all.means, "no plots"));
  EXPECT_TRUE(tells(without_all.mend, "python3-matplotlib"));
  EXPECT_TRUE(tells(check_python(std::nullopt).mend, "apt-get install python3 "));
}

}  // namespace
}  // namespace runoff
