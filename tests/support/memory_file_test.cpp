#include "support/memory_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>

#include "runoff/memory.h"

namespace runoff {
namespace {

bool kernel_has_huge_pages() {
  std::string choices;
  std::getline(std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled"), choices);
  return choices.find("[never]") == std::string::npos && !choices.empty();
}

bool may_mount() {
  std::string flags;
  for (std::ifstream status("/proc/self/status"); std::getline(status, flags);)
    if (flags.starts_with("CapEff:")) return (std::stoull(flags.substr(7), nullptr, 16) >> 21 & 1) != 0;
  return false;
}

TEST(MemoryFile, IsEmptyAndHasNoName) {
  const int file = make_memory_file();
  struct stat about {};
  ASSERT_EQ(::fstat(file, &about), 0);
  EXPECT_EQ(about.st_size, 0);
  EXPECT_TRUE((::fcntl(file, F_GETFD) & FD_CLOEXEC) != 0);
  const std::string name = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file));
  EXPECT_NE(name.find("(deleted)"), std::string::npos) << name;
  EXPECT_FALSE(std::filesystem::exists(name));
  ::close(file);
}

TEST(MemoryFile, HoldsMoreThanHalfOfTheMemoryOfThisMachine) {  // which is what a tmpfs has by default
  const int file = make_memory_file();
  const long half = ::sysconf(_SC_PHYS_PAGES) / 2 * ::sysconf(_SC_PAGESIZE);
  EXPECT_EQ(::ftruncate(file, half * 3), 0);
  ::close(file);
}

TEST(MemoryFile, LeavesNoProcessAndNoDescriptorBehind) {
  const auto open = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                         std::filesystem::directory_iterator());
  };
  const auto before = open();
  ::close(make_memory_file());
  EXPECT_EQ(open(), before);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(MemoryFile, HasHugePagesForRoot) {
  if (!kernel_has_huge_pages() || !may_mount()) GTEST_SKIP() << "the kernel has none, or no right to mount";
  EXPECT_TRUE(has_huge_pages());
}

// A child without rights, which may mount in a user namespace of its own, where the kernel allows any.
TEST(MemoryFile, HasHugePagesWithoutRoot) {
  if (!kernel_has_huge_pages()) GTEST_SKIP() << "the kernel has none";
  if (::access("/proc/self/ns/user", F_OK) != 0) GTEST_SKIP() << "the kernel has no user namespaces";
  constexpr int given = 0, not_given = 1, not_allowed = 2;
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(not_allowed);
    // Which a process that gave up its rights has lost, until it executes another program.
    ::prctl(PR_SET_DUMPABLE, 1);
    const pid_t there = ::fork();
    if (there == 0) ::_exit(::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 ? 0 : 1);
    int allowed = 1;
    ::waitpid(there, &allowed, 0);
    if (allowed != 0) ::_exit(not_allowed);
    ::_exit(has_huge_pages() ? given : not_given);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == not_allowed) GTEST_SKIP() << "no user namespaces are allowed here";
  EXPECT_EQ(WEXITSTATUS(status), given);
}

// Small claims take no more than they need; large ones have huge pages only where they fill them.
TEST(MemoryFile, SmallClaimsStaySmall) {
  Memory memory = Memory::create_in(make_memory_file());
  memory.object<int>() = 1;
  struct stat about {};
  ASSERT_EQ(::fstat(memory.descriptor(), &about), 0);
  EXPECT_LT(about.st_blocks * 512, 1 << 20);
  auto large = memory.array<std::byte>(5 << 20);
  large.front() = large.back() = std::byte{1};
  ASSERT_EQ(::fstat(memory.descriptor(), &about), 0);
  EXPECT_LE(about.st_blocks * 512, 5 << 20);
}

}  // namespace
}  // namespace runoff
