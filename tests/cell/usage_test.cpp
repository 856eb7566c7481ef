#include "cell/usage.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

namespace runoff::cell {
namespace {

void burn(std::int64_t ns) {
  const std::int64_t until = thread_cpu_ns() + ns;
  while (thread_cpu_ns() < until) {
  }
}

constexpr std::int64_t burnt = 50'000'000;

/// A child that has done its work and lives on. The work tells when it is done.
class ChildThatWorks {
 public:
  template <class Work>
  explicit ChildThatWorks(Work work) {
    EXPECT_EQ(::pipe(done_) + ::pipe(end_), 0);
    id_ = ::fork();
    char byte = 0;
    if (id_ == 0) {
      ::close(end_[1]);
      work([this] { ::write(done_[1], "", 1); });
      ::read(end_[0], &byte, 1);
      ::_exit(0);
    }
    EXPECT_EQ(::read(done_[0], &byte, 1), 1);
  }
  /// Until it has ended and is reaped.
  void let_go() {
    ::close(end_[1]);
    EXPECT_EQ(::waitpid(id_, nullptr, 0), id_);
  }

 private:
  int done_[2], end_[2];
  pid_t id_ = -1;
};

TEST(Usage, a_living_child_counts) {
  const Usage before = usage_of_tree();
  ChildThatWorks child([](const auto& tell) {
    burn(burnt);
    tell();
  });
  const Usage living = usage_of_tree();
  EXPECT_GE(living.cpu_ns - before.cpu_ns, burnt);
  child.let_go();
  // Reaped, it counts once, not twice: burning again takes it less far than counting double would.
  const Usage reaped = usage_of_tree();
  EXPECT_GE(reaped.cpu_ns - before.cpu_ns, burnt);
  EXPECT_LT(reaped.cpu_ns - living.cpu_ns, burnt);
}

TEST(Usage, a_grandchild_counts) {
  const Usage before = usage_of_tree();
  ChildThatWorks child([](const auto& tell) {
    if (::fork() != 0) return;
    burn(burnt);
    tell();
  });
  EXPECT_GE(usage_of_tree().cpu_ns - before.cpu_ns, burnt);
  child.let_go();
}

TEST(Usage, a_grandchild_counts_that_a_living_child_has_reaped) {
  const Usage before = usage_of_tree();
  ChildThatWorks child([](const auto& tell) {
    const pid_t grandchild = ::fork();
    if (grandchild == 0) {
      burn(burnt);
      ::_exit(0);
    }
    ::waitpid(grandchild, nullptr, 0);
    tell();
  });
  const Usage living = usage_of_tree();
  constexpr std::int64_t tick = 10'000'000;
  EXPECT_GE(living.cpu_ns - before.cpu_ns, burnt - tick);
  child.let_go();
  // Now the kernel counts it among what this process has reaped: once.
  EXPECT_LT(usage_of_tree().cpu_ns - living.cpu_ns, burnt);
}

TEST(Usage, page_faults_and_time_in_the_kernel_of_a_living_child_count) {
  constexpr std::size_t size = 400 << 20, page = 4096;
  const Usage before = usage_of_tree();
  ChildThatWorks child([](const auto& tell) {
    // Until the kernel has spent several ticks on it.
    for (int round = 0; round < 8; ++round) {
      void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      ::madvise(memory, size, MADV_NOHUGEPAGE);
      for (std::size_t i = 0; i < size / 10; i += page) static_cast<volatile char*>(memory)[i] = 1;
      ::munmap(memory, size);
    }
    tell();
  });
  const Usage used = used_between(before, usage_of_tree());
  EXPECT_GE(used.minor_faults, std::int64_t{8 * size / 10 / page});
  EXPECT_GT(used.system_ns, 0);
  EXPECT_LE(used.system_ns, used.cpu_ns + 20'000'000);  // told in ticks
  child.let_go();
  EXPECT_GE(used_between(before, usage_of_tree()).minor_faults, std::int64_t{8 * size / 10 / page});
}

TEST(Usage, sleeping_is_a_voluntary_switch) {
  const Usage before = usage_of_tree();
  for (int i = 0; i < 5; ++i) ::poll(nullptr, 0, 1);
  EXPECT_GE(usage_of_tree().voluntary_switches - before.voluntary_switches, 5);
}

TEST(Memory, shared_pages_count_once_and_own_pages_count) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer keeps four bytes of its own for each that is written";
#endif
  constexpr std::size_t size = 64 << 20;
  const std::int64_t before = memory_of_tree();
  void* shared = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(shared, MAP_FAILED);
  std::memset(shared, 1, size);
  ChildThatWorks child([shared](const auto& tell) {
    std::memset(shared, 2, size);
    tell();
  });
  const std::int64_t grown = memory_of_tree() - before;
  EXPECT_GE(grown, static_cast<std::int64_t>(size));
  EXPECT_LT(grown, static_cast<std::int64_t>(size * 3 / 2));
  child.let_go();
  ::munmap(shared, size);
}

}  // namespace
}  // namespace runoff::cell
