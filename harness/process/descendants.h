#pragma once

#include <sys/types.h>

#include <chrono>
#include <vector>

namespace runoff {

/// Makes this process the one that orphaned descendants become children of, so that none can slip away.
/// Throws std::system_error.
void adopt_orphans();

/// Children of a process, their children and so on, whatever their process group or session, as /proc shows
/// them.
std::vector<pid_t> descendants(pid_t process);

/// Kills and reaps every descendant of this process, those that they start meanwhile included. Needs
/// `adopt_orphans`. Gives up after `limit` (a process in uninterruptible sleep) and returns how many are
/// left.
std::size_t end_descendants(std::chrono::milliseconds limit);

}  // namespace runoff
