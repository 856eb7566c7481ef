#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace runoff {

/// What control groups, of version 1 or 2, allow this process.
struct CgroupLimits {
  std::optional<double> cores;       ///< processor time per time; fewer than the cores it may run on
  std::filesystem::path cores_file;  ///< says so: cpu.max or cpu.cfs_quota_us of the tightest group
  std::optional<std::int64_t> memory_available;  ///< bytes left under the tightest limit
  std::optional<std::int64_t> processes;         ///< and threads, in the tightest group
  std::filesystem::path processes_file;          ///< says so: its pids.max
};

/// Looks at this process's groups and all above them. `root` is where /proc and /sys are.
CgroupLimits read_cgroup_limits(const std::filesystem::path& root = "/");

/// For how long a quota has kept the processors from this process's groups and those above. Looks once which
/// groups count it, as a run asks before and after every sample.
class Throttling {
 public:
  explicit Throttling(const std::filesystem::path& root = "/");
  /// Of the group that was stopped longest, over its processors together, in ns. Nothing where none counts
  /// it.
  std::optional<std::int64_t> read_ns() const;

 private:
  std::vector<std::filesystem::path> files_;
};

}  // namespace runoff
