#pragma once

#include <sys/types.h>

#include <filesystem>

namespace runoff::cell {

/// From now on this process, and those that it forks, make the file `stop_mark(result)` when they are stopped
/// and go on (SIGSTOP, SIGCONT; a terminal's Ctrl-Z and fg): the pause is in their times. Not where the
/// process `launcher` lets them go on, which stops them between two turns.
void mark_stops(const std::filesystem::path& result, pid_t launcher);

}  // namespace runoff::cell
