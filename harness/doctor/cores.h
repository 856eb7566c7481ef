#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

#include "doctor/finding.h"
#include "machine/cgroup.h"

namespace runoff {

// Which processors a run may use, and what of them. `cpus` are those that it may use; `root` is where /proc
// and /sys are.

Finding check_cores(std::span<const int> cpus, const std::filesystem::path& root = "/");
Finding check_smt(std::span<const int> cpus, const std::filesystem::path& root = "/");
Finding check_isolation(std::span<const int> cpus, const std::filesystem::path& root = "/");
/// `throttled_ns`: for how long the quota has stopped this process's group so far.
Finding check_quota(const CgroupLimits& limits, std::optional<std::int64_t> throttled_ns, std::size_t cpus);

}  // namespace runoff
