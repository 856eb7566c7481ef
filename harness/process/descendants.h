#pragma once

#include <sys/types.h>

#include <chrono>
#include <span>
#include <vector>

namespace runoff {

class SharedMemoryFiles;

/// A descendant whose parent ends becomes a child of this process from now on, so that none is lost. Throws
/// MachineError where that is refused, or where /proc shows the processes of another PID namespace.
void adopt_orphans();

/// Children of a process, their children and so on, whatever their process group or session. It reads the
/// parents of all processes of the machine, which finds every one on any kernel; the cell, which looks more
/// often, reads the kernel's lists of children (cell/usage.cpp). `without` are left out, with theirs.
std::vector<pid_t> descendants(pid_t process, std::span<const pid_t> without = {});

/// Kills and reaps every descendant of this process, those that are started meanwhile included, but for the
/// children `without` and theirs. Needs `adopt_orphans`. Gives up after `limit`, because a process in
/// uninterruptible sleep does not end, and returns how many are left. `files` notes what they hold, if it is
/// given.
std::size_t end_descendants(std::chrono::milliseconds limit, SharedMemoryFiles* files = nullptr,
                            std::span<const pid_t> without = {});

}  // namespace runoff
