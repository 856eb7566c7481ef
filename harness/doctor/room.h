#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "doctor/finding.h"
#include "machine/cgroup.h"

namespace runoff {

// Room for files and for many workers.

/// A folder of files, and what is left there.
struct Room {
  std::filesystem::path folder;
  std::optional<std::int64_t> bytes_free;  ///< nothing where there is no such folder
  bool writable = false;
  std::string file_system;  ///< "ext4", "tmpfs"; empty where not known
};
/// Tries to make a file there.
Room look_at_room(const std::filesystem::path& folder);

/// Of /dev/shm.
Finding check_shared_memory(const Room& room);
/// Of TMPDIR, or /tmp.
Finding check_temporary_files(const Room& room);

/// How much of each a cell may have at once.
struct ProcessLimits {
  std::optional<std::int64_t> descriptors;  ///< what a process may raise its limit to; nothing: no limit
  std::optional<std::int64_t> processes;    ///< and threads, of this user
};
ProcessLimits read_process_limits();
Finding check_limits(const ProcessLimits& limits, const CgroupLimits& groups);

}  // namespace runoff
