#include "machine/cgroup.h"

#include <gtest/gtest.h>

#include "support/temporary.h"

namespace runoff {
namespace {

class Cgroup : public testing::Test {
 protected:
  void put(const std::string& file, const std::string& text) { write_text(root_.path() / file, text); }
  CgroupLimits limits() const { return read_cgroup_limits(root_.path()); }
  TemporaryFolder root_;
};

TEST_F(Cgroup, KnowsNoLimitWhereThereIsNone) {
  EXPECT_FALSE(limits().cores);
  put("proc/self/cgroup", "0::/user\n");
  put("sys/fs/cgroup/user/cpu.max", "max 100000\n");
  put("sys/fs/cgroup/user/memory.max", "max\n");
  EXPECT_FALSE(limits().cores);
  EXPECT_FALSE(limits().memory_available);
}

TEST_F(Cgroup, Version2TakesTheTightestOfAllAbove) {
  put("proc/self/cgroup", "0::/a/b\n");
  put("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
  put("sys/fs/cgroup/a/cpu.max", "150000 100000\n");
  put("sys/fs/cgroup/a/memory.max", "1000\n");
  put("sys/fs/cgroup/a/memory.current", "400\n");
  put("sys/fs/cgroup/a/memory.stat", "anon 300\ninactive_file 100\n");
  put("sys/fs/cgroup/a/b/pids.max", "max\n");
  put("sys/fs/cgroup/a/pids.max", "300\n");
  EXPECT_DOUBLE_EQ(limits().cores.value(), 1.5);
  EXPECT_EQ(limits().cores_file, root_.path() / "sys/fs/cgroup/a/cpu.max");
  EXPECT_EQ(limits().memory_available.value(), 700);
  EXPECT_EQ(limits().processes.value(), 300);
  EXPECT_EQ(limits().processes_file, root_.path() / "sys/fs/cgroup/a/pids.max");
}

TEST_F(Cgroup, Version1) {
  put("proc/self/cgroup", "3:cpu,cpuacct:/box\n2:memory:/box\n1:name=systemd:/\n");
  put("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "200000\n");
  put("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
  put("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
  put("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  put("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "9223372036854771712\n");
  put("sys/fs/cgroup/memory/memory.limit_in_bytes", "5000\n");
  put("sys/fs/cgroup/memory/memory.usage_in_bytes", "6000\n");
  EXPECT_DOUBLE_EQ(limits().cores.value(), 2.0);
  EXPECT_EQ(limits().cores_file, root_.path() / "sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us");
  EXPECT_EQ(limits().memory_available.value(), 0);
}

TEST_F(Cgroup, ThrottledTimeIsThatOfTheGroupThatWasStoppedLongest) {
  EXPECT_FALSE(Throttling(root_.path()).read_ns());
  put("proc/self/cgroup", "0::/a/b\n");
  put("sys/fs/cgroup/a/b/cpu.stat", "usage_usec 70\nnr_throttled 1\nthrottled_usec 5\n");
  put("sys/fs/cgroup/a/cpu.stat", "usage_usec 70\nnr_throttled 3\nthrottled_usec 8\n");
  put("sys/fs/cgroup/cpu.stat", "usage_usec 7000\n");
  EXPECT_EQ(Throttling(root_.path()).read_ns(), 8'000);
  put("proc/self/cgroup", "2:cpu:/\n");
  put("sys/fs/cgroup/cpu/cpu.stat", "nr_periods 3\nnr_throttled 1\nthrottled_time 1234\n");
  EXPECT_EQ(Throttling(root_.path()).read_ns(), 1'234);
}

}  // namespace
}  // namespace runoff
