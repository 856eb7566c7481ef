#include "machine/processor_time.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <ctime>

#include "support/temporary.h"

namespace runoff {
namespace {

const std::int64_t tick = 1'000'000'000 / ::sysconf(_SC_CLK_TCK);

class ProcessorTimes : public testing::Test {
 protected:
  void put(const std::string& file, const std::string& text) { write_text(root_.path() / file, text); }
  auto read(const std::vector<int>& cpus) const { return read_processor_time(cpus, root_.path()); }
  TemporaryFolder root_;
};

TEST_F(ProcessorTimes, OfTheseProcessorsAlone) {
  EXPECT_FALSE(read({0}));
  //            user nice system idle iowait irq softirq steal guest guest_nice
  put("proc/stat",
      "cpu  111 222 333 444 555 666 777 888 999 99\n"
      "cpu0 1 2 4 1000 2000 8 16 32 1 0\n"
      "cpu10 100 0 0 0 0 0 0 7 0 0\n"
      "intr 5 6\nctxt 7\n");
  EXPECT_EQ(read({0})->busy_ns, 7 * tick);
  EXPECT_EQ(read({0})->steal_ns, 32 * tick);
  EXPECT_EQ(read({10, 0})->busy_ns, 107 * tick);
  EXPECT_EQ(read({10, 0})->steal_ns, 39 * tick);
  EXPECT_FALSE(read({0, 1}));  // a part is not the whole
}

TEST_F(ProcessorTimes, ThreadsThatRunNow) {
  EXPECT_FALSE(read_running(root_.path()));
  put("proc/stat", "cpu  1 1\ncpu0 1 1\ncpu1 1 1\nintr 5 6\nprocs_running 3\nprocs_blocked 9\n");
  EXPECT_EQ(read_running(root_.path())->threads, 3U);
  EXPECT_EQ(read_running(root_.path())->processors, 2U);
}

TEST_F(ProcessorTimes, OfProcessesWhateverTheyAreCalled) {
  const auto stat = [](int number, const std::string& name, int parent, int user, int system) {
    return std::to_string(number) + " (" + name + ") S " + std::to_string(parent) +
           " 1 1 0 -1 4194560 9 8 7 6 " + std::to_string(user) + " " + std::to_string(system) +
           " 1000 1000 20 0 1 0 5\n";
  };
  put("proc/1/stat", stat(1, "init", 0, 5, 5));
  put("proc/20/stat", stat(20, "a) S 1 (b\nc", 1, 10, 0));
  put("proc/30/stat", stat(30, "own", 1, 0, 0));
  put("proc/31/stat", stat(31, "own child", 30, 0, 0));
  put("proc/self/stat", stat(30, "own", 1, 0, 0));
  const auto before = read_process_times(root_.path());
  ASSERT_EQ(before.size(), 4U);
  EXPECT_EQ(before.at(20).name, "a) S 1 (b\nc");
  EXPECT_EQ(before.at(20).cpu_ns, 10 * tick);
  EXPECT_EQ(before.at(31).parent, 30);

  put("proc/20/stat", stat(20, "a) S 1 (b\nc", 1, 10, 2));
  put("proc/31/stat", stat(31, "own child", 30, 50, 0));
  put("proc/40/stat", stat(40, "new", 20, 3, 4));
  const auto used = busiest(before, read_process_times(root_.path()), 30);
  ASSERT_EQ(used.size(), 2U);
  EXPECT_EQ(used[0].process, 40);
  EXPECT_EQ(used[0].cpu_ns, 7 * tick);
  EXPECT_EQ(used[1].process, 20);
  EXPECT_EQ(used[1].cpu_ns, 2 * tick);
}

TEST(ThisMachine, CountsWhatThisProcessUses) {
  const auto cpus = [] {
    std::vector<int> all;
    for (int cpu = 0; cpu < ::sysconf(_SC_NPROCESSORS_CONF); ++cpu) all.push_back(cpu);
    return all;
  }();
  const auto before = read_processor_time(cpus);
  if (!before) GTEST_SKIP() << "/proc/stat does not say it here";
  const auto own = [] {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
  };
  const auto began = own();
  while (own() - began < 20 * tick) {
  }
  // Half of it: the kernel samples at each tick what runs.
  EXPECT_GT(read_processor_time(cpus)->busy_ns - before->busy_ns, 10 * tick);
}

}  // namespace
}  // namespace runoff
