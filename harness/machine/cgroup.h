#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace runoff {

/// What control groups, of version 1 or 2, allow this process.
struct CgroupLimits {
  std::optional<double> cores;  ///< processor time per time; fewer than the cores it may run on
  std::optional<std::int64_t> memory_available;  ///< bytes left under the tightest limit
};

/// Looks at this process's groups and all above them. `root` is where /proc and /sys are.
CgroupLimits read_cgroup_limits(const std::filesystem::path& root = "/");

}  // namespace runoff
