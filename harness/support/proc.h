#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace runoff {

/// The numbers of all processes.
std::vector<pid_t> all_processes(const std::filesystem::path& proc = "/proc");

/// What the threads of a process that lives have used of processors, in nanoseconds, those that have ended
/// too, and its children not; 0 is this process. 0 where it has ended.
std::int64_t process_cpu_ns(pid_t process);

/// The threads of a process; none where it has ended.
std::vector<pid_t> threads_of(pid_t process);

/// Where the kernel tells about a thread.
std::string folder_of_thread(pid_t process, pid_t thread);

/// The children of a process that live, from the lists that the kernel keeps for each thread.
std::vector<pid_t> children_of(pid_t process);

/// The file `stat` of a process or of a thread (proc(5)).
struct ProcStat {
  std::string name;    ///< may hold anything, brackets and line breaks included
  std::string fields;  ///< what stands behind it: the state, the parent and so on
};

/// Of the process or thread with this folder; none where it has ended.
std::optional<ProcStat> read_stat(const std::filesystem::path& folder);

}  // namespace runoff
