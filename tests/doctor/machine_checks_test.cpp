#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>

#include "doctor/clocks.h"
#include "doctor/cores.h"
#include "doctor/load.h"
#include "doctor/memory.h"
#include "doctor/room.h"
#include "doctor/shell.h"
#include "support/descriptor.h"
#include "support/temporary.h"

namespace runoff {
namespace {

using std::chrono::nanoseconds;
using testing::Test;

/// A machine that says of itself what a test lets it say.
class Doctor : public Test {
 protected:
  void put(const std::string& file, const std::string& text) { write_text(root_.path() / file, text); }
  std::filesystem::path root() const { return root_.path(); }
  TemporaryFolder root_;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

TEST_F(Doctor, GovernorsOfTheAllowedProcessorsAlone) {
  const std::vector<int> cpus{0, 2};
  EXPECT_EQ(check_governor(cpus, root()).level, Level::ok);  // nothing to see, nothing to mend
  put("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
  put("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
  put("sys/devices/system/cpu/cpu2/cpufreq/scaling_governor", "performance\n");
  EXPECT_EQ(check_governor(cpus, root()).level, Level::ok);
  const Finding differ = check_governor(std::vector<int>{0, 1}, root());
  EXPECT_EQ(differ.level, Level::bad);
  EXPECT_EQ(differ.seen, "performance and powersave");
  const Finding slow = check_governor(std::vector<int>{1}, root());
  EXPECT_EQ(slow.level, Level::warn);
  EXPECT_TRUE(has(slow.mend, "echo performance |"));
  EXPECT_TRUE(has(slow.mend, "tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor"));
}

TEST_F(Doctor, BoostIsSaidInTwoWaysWhichAreOpposite) {
  EXPECT_EQ(check_boost(root()).level, Level::ok);
  put("sys/devices/system/cpu/cpufreq/boost", "1\n");
  EXPECT_EQ(check_boost(root()).level, Level::warn);
  EXPECT_TRUE(has(check_boost(root()).mend, "echo 0 |"));
  put("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
  EXPECT_EQ(check_boost(root()).level, Level::ok);
  put("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
  EXPECT_TRUE(has(check_boost(root()).mend, "echo 1 |"));
}

TEST_F(Doctor, ClocksThatAreSlowCoarseOrStill) {
  put("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
  put("sys/devices/system/clocksource/clocksource0/available_clocksource", "tsc hpet acpi_pm \n");
  EXPECT_EQ(check_clock({nanoseconds(30), nanoseconds(20)}, root()).level, Level::ok);
  const Finding slow = check_clock({nanoseconds(1'500), nanoseconds(900)}, root());
  EXPECT_EQ(slow.level, Level::warn);
  EXPECT_TRUE(has(slow.mend, "echo tsc |")) << slow.mend;
  EXPECT_EQ(check_clock({nanoseconds(30), nanoseconds(4'000'000)}, root()).level, Level::bad);
  EXPECT_FALSE(check_clock({nanoseconds(30), nanoseconds(4'000'000)}, root()).prevents);
  EXPECT_TRUE(check_clock({nanoseconds(30), nanoseconds(0)}, root()).prevents);
  put("sys/devices/system/clocksource/clocksource0/available_clocksource", "hpet acpi_pm\n");
  EXPECT_TRUE(has(check_clock({nanoseconds(1'500), nanoseconds(900)}, root()).mend, "boot"));
}

TEST_F(Doctor, CoresThatMayBeUsed) {
  put("sys/devices/system/cpu/online", "0-3\n");
  EXPECT_EQ(check_cores(std::vector<int>{0, 1, 2, 3}, root()).level, Level::ok);
  EXPECT_EQ(check_cores(std::vector<int>{2, 0}, root()).seen, "2 of 4 processors (0,2)");
  const Finding one = check_cores(std::vector<int>{3}, root());
  EXPECT_EQ(one.level, Level::warn);
  EXPECT_TRUE(has(one.mend, "taskset -c 0-3")) << one.mend;
  EXPECT_TRUE(check_cores({}, root()).prevents);
}

TEST_F(Doctor, SiblingsThatAreUsedAndThoseThatOthersMayUse) {
  for (const auto& [cpu, siblings] : {std::pair{0, "0,4"}, {1, "1,5"}, {4, "0,4"}, {5, "1,5"}, {2, "2"}})
    put("sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list", siblings);
  const Finding shared = check_smt(std::vector<int>{0, 1, 4, 5}, root());
  EXPECT_EQ(shared.level, Level::warn);
  EXPECT_EQ(shared.seen, "4 processors on 2 cores");
  EXPECT_TRUE(has(shared.mend, "taskset -c 0-1 ")) << shared.mend;
  EXPECT_TRUE(has(check_smt(std::vector<int>{0, 1}, root()).mend, "smt/control"));
  EXPECT_EQ(check_smt(std::vector<int>{2}, root()).level, Level::ok);
  EXPECT_EQ(check_smt(std::vector<int>{0, 7}, root()).seen, "not known");
}

TEST_F(Doctor, IsolatedCoresAreATrapOnlyForThoseThatUseThem) {
  put("sys/devices/system/cpu/isolated", "\n");
  EXPECT_EQ(check_isolation(std::vector<int>{0, 1}, root()).level, Level::ok);
  put("sys/devices/system/cpu/isolated", "2-3\n");
  const Finding unused = check_isolation(std::vector<int>{0, 1}, root());
  EXPECT_EQ(unused.level, Level::ok);
  EXPECT_TRUE(has(unused.mend, "taskset -c 2-3"));
  EXPECT_EQ(check_isolation(std::vector<int>{1, 2}, root()).level, Level::warn);
}

TEST_F(Doctor, QuotasNameTheFileThatHoldsThem) {
  put("proc/self/cgroup", "0::/a/b\n");
  put("sys/fs/cgroup/a/cpu.max", "150000 100000\n");
  put("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
  put("sys/fs/cgroup/a/cpu.stat", "usage_usec 9\nnr_throttled 2\nthrottled_usec 2500000\n");
  const auto finding = [&](std::size_t cpus) {
    return check_quota(read_cgroup_limits(root()), Throttling(root()).read_ns(), cpus);
  };
  EXPECT_EQ(finding(2).level, Level::warn);
  EXPECT_TRUE(has(finding(2).seen, "1.5 cores of 2; it has stopped programs for 2.5 s")) << finding(2).seen;
  EXPECT_TRUE(has(finding(2).mend, "echo max | "));
  EXPECT_TRUE(has(finding(2).mend, (root() / "sys/fs/cgroup/a/cpu.max").string()));
  EXPECT_EQ(finding(1).level, Level::ok);
  put("sys/fs/cgroup/a/cpu.max", "50000 100000\n");
  EXPECT_EQ(finding(1).level, Level::bad);
  put("proc/self/cgroup", "4:cpu,cpuacct:/box\n");
  put("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "150000\n");
  put("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
  EXPECT_TRUE(has(finding(4).mend, "echo -1 | ")) << finding(4).mend;
}

TEST_F(Doctor, LoadIsAShareOfTheCoresThatMayBeUsed) {
  const std::vector<ProcessTime> others{{7, 1, "cc1plus", 90}, {9, 1, "ld", 20}};
  const auto level = [&](double cores, std::size_t cpus) {
    return check_load({cores, 0, others, true}, cpus).level;
  };
  EXPECT_EQ(level(0.02, 2), Level::ok);
  EXPECT_EQ(level(0.2, 2), Level::warn);
  EXPECT_EQ(level(0.2, 16), Level::ok);
  EXPECT_EQ(level(1.0, 2), Level::bad);
  EXPECT_TRUE(has(check_load({1.0, 0, others, true}, 2).seen, "cc1plus (7) and ld (9)"));
  EXPECT_EQ(check_steal({0, 1.0, {}, true}, 2).level, Level::bad);
  EXPECT_EQ(check_steal({0, 0.0, {}, true}, 2).level, Level::ok);
  EXPECT_EQ(check_load({}, 2).seen, "not known");
}

TEST_F(Doctor, WhatCellsInherit) {
  EXPECT_EQ(check_priority(0).level, Level::ok);
  EXPECT_EQ(check_priority(5).level, Level::warn);
  SteeringVariables variables;
  EXPECT_EQ(check_variables(variables).level, Level::ok);
  variables.of_one_runtime = {{"OMP_NUM_THREADS", "4"}};
  EXPECT_EQ(check_variables(variables).level, Level::ok);
  EXPECT_TRUE(has(check_variables(variables).seen, "OMP_NUM_THREADS"));
  variables.of_all_cells = {{"LD_PRELOAD", "libjemalloc.so"}, {"MALLOC_ARENA_MAX", "1"}};
  EXPECT_EQ(check_variables(variables).level, Level::warn);
  EXPECT_EQ(check_variables(variables).mend, "unset LD_PRELOAD MALLOC_ARENA_MAX");
}

TEST_F(Doctor, Memory) {
  constexpr std::int64_t gibibyte = std::int64_t{1} << 30;
  EXPECT_EQ(check_memory(4 * gibibyte, root()).level, Level::ok);
  EXPECT_EQ(check_memory(gibibyte / 2, root()).level, Level::warn);
  EXPECT_TRUE(check_memory(gibibyte / 64, root()).prevents);
  put("proc/pressure/memory", "some avg10=7.50 avg60=4.88 avg300=1.64 total=48882052\n");
  EXPECT_EQ(check_memory(4 * gibibyte, root()).level, Level::warn);

  EXPECT_EQ(check_huge_pages(root()).level, Level::ok);  // a kernel without
  put("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
  EXPECT_EQ(check_huge_pages(root()).level, Level::ok);
  put("sys/kernel/mm/transparent_hugepage/shmem_enabled", "[always] within_size advise never deny force\n");
  EXPECT_TRUE(has(check_huge_pages(root()).mend, "shmem_enabled"));
  put("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
  EXPECT_TRUE(has(check_huge_pages(root()).mend, "echo madvise |"));

  put("proc/sys/kernel/randomize_va_space", "2\n");
  put("proc/self/personality", "00000000\n");
  EXPECT_EQ(check_aslr(root()).level, Level::ok);
  put("proc/self/personality", "00040000\n");
  EXPECT_EQ(check_aslr(root()).level, Level::warn);
  put("proc/self/personality", "00000000\n");
  put("proc/sys/kernel/randomize_va_space", "0\n");
  EXPECT_TRUE(has(check_aslr(root()).mend, "kernel.randomize_va_space=2"));
}

TEST_F(Doctor, RoomForFiles) {
  const Descriptor made(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  ASSERT_GE(::inotify_add_watch(made.get(), root().c_str(), IN_CREATE), 0);
  EXPECT_TRUE(look_at_room(root()).writable);
  std::array<char, 4096> events{};
  EXPECT_LT(::read(made.get(), events.data(), events.size()), 0) << "a file that a kill would have left";
  std::filesystem::create_directory(root() / "some");
  EXPECT_GT(::read(made.get(), events.data(), events.size()), 0);
  EXPECT_FALSE(look_at_room(root() / "none").bytes_free);
  constexpr std::int64_t gibibyte = std::int64_t{1} << 30;
  EXPECT_EQ(check_temporary_files({"/tmp", 2 * gibibyte, true, "ext4"}).level, Level::ok);
  EXPECT_TRUE(has(check_temporary_files({"/tmp", 2 * gibibyte, true, "tmpfs"}).means, "memory"));
  EXPECT_EQ(check_temporary_files({"/tmp", gibibyte / 2, true, "ext4"}).level, Level::warn);
  EXPECT_TRUE(check_temporary_files({"/tmp", 2 * gibibyte, false, "ext4"}).prevents);
  EXPECT_TRUE(check_temporary_files({"/none", std::nullopt, false, ""}).prevents);
  EXPECT_EQ(check_shared_memory({"/dev/shm", gibibyte, true, "tmpfs"}).level, Level::ok);
  EXPECT_EQ(check_shared_memory({"/dev/shm", gibibyte / 16, true, "tmpfs"}).level, Level::warn);  // Docker's
  EXPECT_FALSE(check_shared_memory({"/dev/shm", std::nullopt, false, ""}).prevents);
}

TEST_F(Doctor, LimitsOfTheUserAndOfTheGroup) {
  EXPECT_EQ(check_limits({std::nullopt, std::nullopt}, {}).level, Level::ok);
  EXPECT_TRUE(has(check_limits({1024, std::nullopt}, {}).mend, "--nofile="));
  EXPECT_TRUE(has(check_limits({std::nullopt, 500}, {}).mend, "--nproc="));
  CgroupLimits groups;
  groups.processes = 200;
  groups.processes_file = "/sys/fs/cgroup/a/pids.max";
  EXPECT_TRUE(has(check_limits({std::nullopt, 500}, groups).mend, "tee /sys/fs/cgroup/a/pids.max"));
  groups.processes = 20;
  EXPECT_EQ(check_limits({std::nullopt, 500}, groups).level, Level::bad);
}

}  // namespace
}  // namespace runoff
