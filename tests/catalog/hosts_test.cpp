#include "catalog/hosts.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/errors.h"

namespace runoff {
namespace {

using Words = std::vector<std::string>;

TEST(LauncherWords, HaveWhatStandsInTheirPlaces) {
  EXPECT_EQ(launcher_words("start --file {hosts} -n {workers} --dir={shared_memory}",
                           {.workers = 3, .shared_memory = "/dev/shm/x", .hosts = "/tmp/two hosts"}),
            (Words{"start", "--file", "/tmp/two hosts", "-n", "3", "--dir=/dev/shm/x"}));
  EXPECT_EQ(launcher_words("start", {.workers = 2, .shared_memory = "/"}), (Words{"start", "-n", "2"}));
}

TEST(UnequalHosts, AreSaidWithTheirNames) {
  const HostFacts east{"east", "Fast", "6.1", 8, 4}, west{"west", "Fast", "6.2", 8, 1},
      north{"north", "Fast", "6.1", 4, 4};
  EXPECT_EQ(unequal_hosts(std::vector{east, west}), "");
  EXPECT_EQ(unequal_hosts(std::vector{east, west, north}),
            "the hosts are not equal (north: Fast with 4 cores; east and west: Fast with 8 cores), so the "
            "slowest of "
            "them decides how long a cell takes");
}

/// A launcher that is a shell: the cell's words, and `--host`, come behind.
std::vector<HostFacts> answered(const std::string& launcher, unsigned workers) {
  BackendModule backend;
  backend.name = "team";
  return ask_hosts(backend, launcher, {.workers = workers, .shared_memory = "/tmp"}, "unused");
}

TEST(AskHosts, CountsTheWorkersOfEach) {
  const auto file = std::filesystem::path(::testing::TempDir()) / "runoff-answers-of-hosts";
  std::ofstream(file) << R"({"host": "west", "processor": "Fast", "cores": 8, "kernel": "6.1"}
a word of the launcher's own
{"host": "east", "processor": "", "cores": 2, "kernel": "6.1"}
{"host": "west", "processor": "Fast", "cores": 8, "kernel": "6.1"}
)";
  const auto script = file.string() + ".sh";
  std::ofstream(script) << "cat " << file.string() << "\n";
  const auto hosts = answered("sh " + script + " {workers}", 3);
  ASSERT_EQ(hosts.size(), 2U);
  EXPECT_EQ(hosts[0].name, "east");
  EXPECT_EQ(hosts[0].cores, 2U);
  EXPECT_EQ(hosts[0].workers, 1U);
  EXPECT_EQ(hosts[1].name, "west");
  EXPECT_EQ(hosts[1].workers, 2U);
  EXPECT_THROW(answered("sh " + script + " {workers}", 4), MachineError);
  std::filesystem::remove(file);
  std::filesystem::remove(script);
}

}  // namespace
}  // namespace runoff
