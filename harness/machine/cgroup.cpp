#include "machine/cgroup.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "machine/kernel_files.h"

namespace runoff {
namespace {

namespace fs = std::filesystem;

/// Nothing where there is no file or no limit: "max", -1, or a huge number in version 1.
std::optional<std::int64_t> read_limit(const fs::path& file) {
  const auto number = read_number(file);
  return number && *number >= 0 && *number < std::int64_t{1} << 60 ? number : std::nullopt;
}

/// Keeps the tighter limit; true where that is the other one.
template <class T>
bool tighten(std::optional<T>& limit, T other) {
  if (limit && *limit <= other) return false;
  limit = other;
  return true;
}

/// The value behind `name` in a file of "name value" lines.
std::optional<std::int64_t> read_value(const fs::path& file, std::string_view name) {
  std::ifstream stream(file);
  std::string found;
  for (std::int64_t value = 0; stream >> found >> value;)
    if (found == name) return value;
  return std::nullopt;
}

std::optional<std::int64_t> throttled_ns(const fs::path& file) {
  if (const auto microseconds = read_value(file, "throttled_usec")) return *microseconds * 1000;  // version 2
  return read_value(file, "throttled_time");                                                      // version 1
}

/// Page cache that the kernel would give up before it refuses memory.
std::int64_t reclaimable(const fs::path& group) {
  return read_value(group / "memory.stat", "inactive_file").value_or(0);
}

void look_at(const fs::path& group, CgroupLimits& limits) {
  if (std::ifstream stream(group / "cpu.max"); stream) {
    std::string quota;
    double period = 0;
    if (stream >> quota >> period && quota != "max" && period > 0 &&
        tighten(limits.cores, std::stod(quota) / period))
      limits.cores_file = group / "cpu.max";
  }
  const auto quota = read_limit(group / "cpu.cfs_quota_us");
  const auto period = read_limit(group / "cpu.cfs_period_us");
  if (quota && period && *period > 0 &&
      tighten(limits.cores, static_cast<double>(*quota) / static_cast<double>(*period)))
    limits.cores_file = group / "cpu.cfs_quota_us";
  const auto processes = read_limit(group / "pids.max");
  if (processes && tighten(limits.processes, *processes)) limits.processes_file = group / "pids.max";

  for (const auto& [limit_file, usage_file] : {std::pair{"memory.max", "memory.current"},
                                               std::pair{"memory.limit_in_bytes", "memory.usage_in_bytes"}}) {
    const auto limit = read_limit(group / limit_file);
    if (!limit) continue;
    const std::int64_t used = read_limit(group / usage_file).value_or(0) - reclaimable(group);
    tighten(limits.memory_available, std::max<std::int64_t>(0, *limit - std::max<std::int64_t>(0, used)));
  }
}

/// Calls `visit` for the folder of each group that this process is in, and of each above it.
template <class Visit>
void each_group(const fs::path& root, Visit visit) {
  const fs::path mount = root / "sys/fs/cgroup";
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    // "4:cpu,cpuacct:/path", or "0::/path" in version 2
    std::istringstream fields(line);
    std::string number, controllers, path;
    std::getline(fields, number, ':');
    std::getline(fields, controllers, ':');
    std::getline(fields, path);
    std::vector<fs::path> mounts;
    if (controllers.empty())
      mounts = {mount, mount / "unified"};
    else
      mounts = {mount / controllers};
    for (const auto& top : mounts) {
      // Inside a container the path may be the host's. Then only the top is there.
      for (fs::path relative = fs::path(path).relative_path();; relative = relative.parent_path()) {
        visit(relative.empty() ? top : top / relative);
        if (relative.empty()) break;
      }
    }
  }
}

}  // namespace

CgroupLimits read_cgroup_limits(const fs::path& root) {
  CgroupLimits limits;
  each_group(root, [&limits](const fs::path& group) { look_at(group, limits); });
  return limits;
}

Throttling::Throttling(const fs::path& root) {
  each_group(root, [this](const fs::path& group) {
    const fs::path file = group / "cpu.stat";
    if (throttled_ns(file) && std::find(files_.begin(), files_.end(), file) == files_.end())
      files_.push_back(file);
  });
}

std::optional<std::int64_t> Throttling::read_ns() const {
  std::optional<std::int64_t> longest;
  for (const auto& file : files_)
    if (const auto ns = throttled_ns(file)) longest = std::max(longest.value_or(0), *ns);
  return longest;
}

}  // namespace runoff
