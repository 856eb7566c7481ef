#include "process/descendants.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <thread>

#include "process/shared_memory_files.h"
#include "support/errors.h"
#include "support/proc.h"

namespace runoff {
namespace {

std::multimap<pid_t, pid_t> children_by_parent() {
  std::multimap<pid_t, pid_t> children;
  for (const pid_t process : all_processes()) {
    const auto stat = read_stat("/proc/" + std::to_string(process));
    char state = 0;
    pid_t parent = 0;
    if (stat && std::istringstream(stat->fields) >> state >> parent) children.emplace(parent, process);
  }
  return children;
}

/// True when a child was reaped; sets `none` when there are no children.
bool reap_one(bool& none) {
  const pid_t reaped = ::waitpid(-1, nullptr, WNOHANG);
  none = reaped < 0 && errno == ECHILD;
  return reaped > 0;
}

/// Reaps those of the processes that are children of this one and have ended.
void reap(std::span<const pid_t> processes) {
  for (const pid_t process : processes) ::waitpid(process, nullptr, WNOHANG);
}

}  // namespace

void adopt_orphans() {
  std::error_code error;
  if (const auto self = std::filesystem::read_symlink("/proc/self", error);
      self != std::to_string(::getpid()))
    throw MachineError(
        "/proc shows the processes of another PID namespace, so what runs here cannot be found in it; mount "
        "its own "
        "(unshare --mount-proc, bwrap --proc /proc)");
  if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
    throw MachineError(
        "orphans cannot be adopted (PR_SET_CHILD_SUBREAPER: " + std::generic_category().message(errno) + ")");
}

std::vector<pid_t> descendants(pid_t process, std::span<const pid_t> without) {
  const auto children = children_by_parent();
  std::vector<pid_t> found{process};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [first, last] = children.equal_range(found[i]);
    for (auto child = first; child != last; ++child)
      if (std::find(without.begin(), without.end(), child->second) == without.end())
        found.push_back(child->second);
  }
  found.erase(found.begin());
  return found;
}

std::size_t end_descendants(std::chrono::milliseconds limit, SharedMemoryFiles* files,
                            std::span<const pid_t> without) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (true) {
    bool none = false;
    while (without.empty() && reap_one(none)) {
    }
    // The kernel says that there is no child. As orphans are adopted, there is no descendant either.
    if (none) return 0;
    const auto left = descendants(::getpid(), without);
    if (!without.empty()) {
      if (left.empty()) return 0;
      reap(left);
    }
    if (files != nullptr) {
      // Stopped, none makes or removes a file meanwhile.
      for (const pid_t process : left) ::kill(process, SIGSTOP);
      files->note(left);
    }
    for (const pid_t process : left) ::kill(process, SIGKILL);
    if (std::chrono::steady_clock::now() > deadline) return left.size();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace runoff
