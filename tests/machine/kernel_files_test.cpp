#include "machine/kernel_files.h"

#include <gtest/gtest.h>

#include "machine/pressure.h"
#include "machine/timer.h"
#include "support/temporary.h"

namespace runoff {
namespace {

TEST(KernelFiles, Lines) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "file";
  EXPECT_EQ(first_line(file), "");
  EXPECT_FALSE(read_number(file));
  write_text(file, " 42 \nmore\n");
  EXPECT_EQ(first_line(file), "42");
  EXPECT_EQ(read_number(file), 42);
  write_text(file, "-1\n");
  EXPECT_EQ(read_number(file), -1);
  write_text(file, "4x\n");
  EXPECT_FALSE(read_number(file));
  EXPECT_EQ(chosen("always [madvise] never"), "madvise");
  EXPECT_EQ(chosen("always madvise"), "");
}

TEST(KernelFiles, ListsOfProcessors) {
  EXPECT_EQ(parse_cpu_list("0-2,5,8-9"), (std::vector<int>{0, 1, 2, 5, 8, 9}));
  EXPECT_EQ(parse_cpu_list(""), std::vector<int>{});
  EXPECT_EQ(parse_cpu_list("x,3"), std::vector<int>{3});
  EXPECT_EQ(to_cpu_list(std::vector<int>{0, 1, 2, 5, 8, 9}), "0-2,5,8-9");
  EXPECT_EQ(to_cpu_list({}), "");
}

TEST(KernelFiles, MemoryPressure) {
  const TemporaryFolder root;
  EXPECT_FALSE(read_memory_pressure(root.path()));
  write_text(root.path() / "proc/pressure/memory",
             "some avg10=7.50 avg60=4.88 avg300=1.64 total=48882052\nfull avg10=0.00 avg60=0.00 avg300=0.00 "
             "total=3\n");
  const auto pressure = read_memory_pressure(root.path());
  ASSERT_TRUE(pressure);
  EXPECT_DOUBLE_EQ(pressure->percent_now, 7.5);
  EXPECT_EQ(pressure->stall_ns, 48'882'052'000);
}

TEST(Timer, MovesInStepsThatItsLooksCanSee) {
  const Timer timer = measure_timer();
  EXPECT_GT(timer.overhead.count(), 0);
  EXPECT_GT(timer.resolution.count(), 0);
}

}  // namespace
}  // namespace runoff
