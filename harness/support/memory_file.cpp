#include "support/memory_file.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>

#include "runoff/memory.h"
#include "support/descriptor.h"

namespace runoff {
namespace {

/// A file in a tmpfs that is mounted nowhere and ends with it; -1 where this process may mount none.
int open_in_own_tmpfs() {
  const auto system = static_cast<int>(::syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC));
  if (system < 0) return -1;
  const auto set = [system](const char* key, const char* value) {
    return ::syscall(SYS_fsconfig, system, FSCONFIG_SET_STRING, key, value, 0) == 0;
  };
  int file = -1;
  // No limit of size but the machine's, as memfd_create has none.
  if (set("huge", "advise") && set("size", "0") &&
      ::syscall(SYS_fsconfig, system, FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) == 0) {
    const auto mount = static_cast<int>(::syscall(SYS_fsmount, system, FSMOUNT_CLOEXEC, 0));
    if (mount >= 0) {
      file = ::openat(mount, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
      ::close(mount);
    }
  }
  ::close(system);
  return file;
}

bool write_line(const char* path, std::string_view text) {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(file);
  return written;
}

/// "1000 1000 1": this one id, as itself.
std::string map_of(unsigned id) { return std::to_string(id) + ' ' + std::to_string(id) + " 1"; }

/// Where root alone may mount, anyone may in a user namespace. A child goes there, which shares this
/// process's descriptors, and puts such a file in the place of `file`.
void replace_from_user_namespace(int file) {
  // Made here: the child is to do nothing but calls of the system.
  const std::string user = map_of(::geteuid()), group = map_of(::getegid());
  constexpr unsigned long flags = CLONE_FILES | CLONE_NEWUSER | CLONE_NEWNS | SIGCHLD;
  const auto child = static_cast<pid_t>(::syscall(SYS_clone, flags, nullptr, nullptr, nullptr, 0));
  if (child == 0) {
    if (write_line("/proc/self/setgroups", "deny") && write_line("/proc/self/gid_map", group) &&
        write_line("/proc/self/uid_map", user)) {
      if (const int better = open_in_own_tmpfs(); better >= 0) {
        ::dup3(better, file, O_CLOEXEC);
        ::close(better);
      }
    }
    ::_exit(0);
  }
  while (child > 0 && ::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
}

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

std::string path_for_others(int descriptor) {
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(descriptor);
}

int reuse_memory_file(std::span<const std::string> paths) {
  for (const std::string& path : paths) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    if (file.get() < 0) fail("open " + path);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file.release();
    if (errno != EWOULDBLOCK) fail("lock " + path);
  }
  throw std::system_error(EBUSY, std::generic_category(), "memory files");
}

int make_memory_file() {
  if (const int file = open_in_own_tmpfs(); file >= 0) return file;
  const int file = ::memfd_create("runoff", MFD_CLOEXEC);
  if (file < 0) fail("memfd_create");
  replace_from_user_namespace(file);
  return file;
}

bool has_huge_pages() {
  constexpr std::size_t enough = std::size_t{1} << 22;  // wherever it begins, it holds a whole one of 2 MiB
  try {
    const Descriptor file(make_memory_file());
    Memory memory = Memory::reuse(reuse_memory_file(std::array{path_for_others(file.get())}));
    for (std::byte& place : memory.array<std::byte>(enough)) place = std::byte{1};
    std::ifstream all("/proc/self/smaps_rollup");
    for (std::string name; all >> name; all.ignore(std::numeric_limits<std::streamsize>::max(), '\n'))
      if (std::size_t kibibytes = 0; name == "ShmemPmdMapped:" && all >> kibibytes) return kibibytes > 0;
  } catch (const std::exception&) {
    // Where there is no room for a try there is none for huge pages.
  }
  return false;
}

}  // namespace runoff
