#include "support/proc.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <thread>

#include "support/temporary.h"

namespace runoff {
namespace {

bool holds(const std::vector<pid_t>& numbers, pid_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

TEST(Proc, TellsTheProcessorTimeOfAllThreads) {
  const std::int64_t before = process_cpu_ns(0);
  std::thread([] {
    const std::clock_t begin = std::clock();
    while (std::clock() - begin < CLOCKS_PER_SEC / 20) {
    }
  }).join();
  const std::int64_t used = process_cpu_ns(0) - before;
  EXPECT_GE(used, 50'000'000) << "the thread has ended, and counts all the same";
  EXPECT_GE(process_cpu_ns(::getpid()), before + used);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(process_cpu_ns(child), 0);
}

TEST(Proc, ListsProcessesThreadsAndChildren) {
  const pid_t child = ::fork();
  if (child == 0)
    while (true) ::pause();
  EXPECT_TRUE(holds(all_processes(), ::getpid()));
  EXPECT_TRUE(holds(all_processes(), child));
#ifdef __SANITIZE_THREAD__  // which starts a thread of its own in each process
  EXPECT_TRUE(holds(threads_of(child), child));
#else
  EXPECT_EQ(threads_of(child), std::vector{child});
#endif
  EXPECT_EQ(children_of(child), std::vector<pid_t>());
  EXPECT_TRUE(holds(children_of(::getpid()), child));
  std::thread([] {
    const pid_t self = ::gettid();
    EXPECT_TRUE(holds(threads_of(::getpid()), self));
    EXPECT_EQ(std::stoi(read_text(folder_of_thread(::getpid(), self) + "/stat")), self);
  }).join();
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_FALSE(holds(all_processes(), child));
  EXPECT_EQ(threads_of(child), std::vector<pid_t>());
  EXPECT_EQ(children_of(child), std::vector<pid_t>());
  EXPECT_FALSE(read_stat("/proc/" + std::to_string(child)));
}

TEST(Proc, ListsNothingThatIsNoProcess) {
  const TemporaryFolder proc;
  for (const char* name : {"1", "20", "self", "30x", "4 5", "-6", "999999999999"})
    std::filesystem::create_directory(proc.path() / name);
  auto found = all_processes(proc.path());
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (std::vector<pid_t>{1, 20}));
}

TEST(Proc, ReadsAStatWhateverTheNameIs) {
  const TemporaryFolder process;
  for (const std::string name : {"sh", "", "a) S 1 (b\nc", "(", ")"}) {
    write_text(process.path() / "stat", "20 (" + name + ") R 7 20\n");
    const auto stat = read_stat(process.path());
    ASSERT_TRUE(stat) << name;
    EXPECT_EQ(stat->name, name);
    EXPECT_EQ(stat->fields, " R 7 20\n");
  }
  for (const std::string torn : {"", "20", "20 (sh", "20 sh) R"}) {
    write_text(process.path() / "stat", torn);
    EXPECT_FALSE(read_stat(process.path())) << torn;
  }
}

}  // namespace
}  // namespace runoff
