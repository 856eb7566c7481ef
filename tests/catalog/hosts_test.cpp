#include "catalog/hosts.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "support/errors.h"
#include "support/files.h"
#include "support/temporary_folder.h"

namespace runoff {
namespace {

using Words = std::vector<std::string>;

TEST(LauncherWords, HaveWhatStandsInTheirPlaces) {
  EXPECT_EQ(launcher_words("start --file {hosts} -n {workers} --dir={shared_memory}",
                           {.workers = 3, .shared_memory = "/dev/shm/x", .hosts = "/tmp/two hosts"}),
            (Words{"start", "--file", "/tmp/two hosts", "-n", "3", "--dir=/dev/shm/x"}));
  EXPECT_EQ(launcher_words("start", {.workers = 2, .shared_memory = "/"}), (Words{"start", "-n", "2"}));
  EXPECT_EQ(launcher_words("start -c{threads}", {.workers = 2, .threads = 8}),
            (Words{"start", "-c8", "-n", "2"}));
  EXPECT_EQ(launcher_words("'my start' -n '{workers}' \"{hosts}\"", {.workers = 2, .hosts = "/two hosts"}),
            (Words{"my start", "-n", "2", "/two hosts"}));
  EXPECT_THROW(launcher_words("start 'my file", {}), UsageError);
}

TEST(HostsOfProcesses, HaveSoManyTimesFewerSlots) {
  const TemporaryFolder folder;
  const auto hosts = folder.path() / "hosts";
  std::ofstream(hosts)
      << "# all\nslots=east slots=16 max_slots=32\n\n  west\tslots=8 # slow\nnorth\nsouth max_slots=3\n";
  EXPECT_EQ(read_file(hosts_of_processes(hosts, 4, folder.path())),
            "slots=east slots=4 max_slots=32\nwest slots=2\nnorth\nsouth max_slots=3\n");
  for (const char* slots : {"9", "2", "0", "many", ""}) {
    std::ofstream(hosts) << "east slots=" << slots << "\n";
    EXPECT_THROW(hosts_of_processes(hosts, 4, folder.path()), UsageError) << slots;
  }
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

TEST(SilentHosts, AreThoseThatDoNotAnswerAlone) {
  const TemporaryFolder folder;
  const auto hosts = folder.path() / "hosts", script = folder.path() / "start.sh";
  std::ofstream(hosts) << "# all\neast slots=4\n\n  west\tslots=2  # slow\nnorth\nsouth\n";
  // West is unreachable, north's worker has nothing to say, and south is too slow to be waited for.
  std::ofstream(script) << R"(read -r host rest < "$1"
[ "$2" = 1 ] || exit 1
case $host in
  east) echo '{"host": "e", "processor": "", "cores": 2, "kernel": "6.1"}' ;;
  west) echo "no route to west" >&2; exit 255 ;;
  north) echo "a word of the launcher's own" ;;
  south) exec sleep 1000 ;;
esac
)";
  BackendModule backend;
  backend.name = "team";
  EXPECT_EQ(names_in(hosts), (Words{"east", "west", "north", "south"}));
  EXPECT_EQ(silent_hosts(backend, "sh " + script.string() + " {hosts} {workers}",
                         {.workers = 4, .shared_memory = "/tmp", .hosts = hosts}, "unused",
                         std::chrono::milliseconds(1500)),
            (Words{"west", "north", "south"}));
}

}  // namespace
}  // namespace runoff
