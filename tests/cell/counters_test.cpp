#include "cell/counters.h"

#include <gtest/gtest.h>
#include <linux/perf_event.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

namespace runoff::cell {
namespace {

// Page faults are events that every kernel counts, in virtual machines too, and of which we know the number.
constexpr Event page_faults{PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS};
constexpr int pages = 1000;

void touch_new_pages() {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* memory = ::mmap(nullptr, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ::madvise(memory, pages * page, MADV_NOHUGEPAGE);
  for (std::size_t i = 0; i < pages; ++i) static_cast<volatile char*>(memory)[i * page] = 1;
  ::munmap(memory, pages * page);
}

class OfPageFaults : public testing::Test {
 protected:
  void SetUp() override {
    if (!counters_.read()) GTEST_SKIP() << "this system lets no process count (perf_event_paranoid)";
  }
  std::int64_t faults() const { return counters_.read().value().at(0); }

  const pid_t self_ = ::gettid();
  Counters counters_{std::span(&self_, 1), {page_faults}};
};

TEST_F(OfPageFaults, CountsTheThreadItself) {
  const std::int64_t before = faults();
  touch_new_pages();
  EXPECT_GE(faults() - before, pages);
#ifndef __SANITIZE_THREAD__  // which has pages of its own for those that are written
  EXPECT_LT(faults() - before, 2 * pages);
#endif
}

TEST_F(OfPageFaults, CountsThreadsThatAreStartedAndHaveEnded) {
  const std::int64_t before = faults();
  std::thread([] { std::thread(touch_new_pages).join(); }).join();
  EXPECT_GE(faults() - before, pages);
}

TEST_F(OfPageFaults, CountsProcessesThatAreStartedWhileTheyLive) {
  int done[2], end[2];
  ASSERT_EQ(::pipe(done) + ::pipe(end), 0);
  const std::int64_t before = faults();
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(end[1]);
    touch_new_pages();
    char byte = 0;
    ::write(done[1], &byte, 1);
    ::read(end[0], &byte, 1);
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(done[0], &byte, 1), 1);
  EXPECT_GE(faults() - before, pages);
  ::close(end[1]);
  ::waitpid(child, nullptr, 0);
  EXPECT_GE(faults() - before, pages);
}

TEST(Counters, SayNothingWhereAnEventCannotBeCounted) {
  const pid_t self = ::gettid();
  constexpr Event none{PERF_TYPE_SOFTWARE, 9'999};
  EXPECT_FALSE(Counters(std::span(&self, 1), {page_faults, none}).read());
}

}  // namespace
}  // namespace runoff::cell
