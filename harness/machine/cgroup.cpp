#include "machine/cgroup.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace runoff {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_word(const fs::path& file) {
  std::ifstream stream(file);
  std::string word;
  if (stream >> word) return word;
  return std::nullopt;
}

/// Nothing where there is no file or no limit: "max", or a huge number in version 1.
std::optional<std::int64_t> read_number(const fs::path& file) {
  const auto word = read_word(file);
  if (!word || word->find_first_not_of("0123456789") != word->npos) return std::nullopt;
  const std::int64_t number = std::stoll(*word);
  if (number >= std::int64_t{1} << 60) return std::nullopt;
  return number;
}

template <class T>
void tighten(std::optional<T>& limit, T other) {
  limit = limit ? std::min(*limit, other) : other;
}

/// Page cache that the kernel would give up before it refuses memory.
std::int64_t reclaimable(const fs::path& group) {
  std::ifstream stream(group / "memory.stat");
  std::string name;
  std::int64_t value = 0;
  std::int64_t total = 0;
  while (stream >> name >> value)
    if (name == "inactive_file") total = value;
  return total;
}

void look_at(const fs::path& group, CgroupLimits& limits) {
  if (std::ifstream stream(group / "cpu.max"); stream) {
    std::string quota;
    double period = 0;
    if (stream >> quota >> period && quota != "max" && period > 0)
      tighten(limits.cores, std::stod(quota) / period);
  }
  const auto quota = read_number(group / "cpu.cfs_quota_us");
  const auto period = read_number(group / "cpu.cfs_period_us");
  if (quota && period && *period > 0)
    tighten(limits.cores, static_cast<double>(*quota) / static_cast<double>(*period));

  for (const auto& [limit_file, usage_file] : {std::pair{"memory.max", "memory.current"},
                                               std::pair{"memory.limit_in_bytes", "memory.usage_in_bytes"}}) {
    const auto limit = read_number(group / limit_file);
    if (!limit) continue;
    const std::int64_t used = read_number(group / usage_file).value_or(0) - reclaimable(group);
    tighten(limits.memory_available, std::max<std::int64_t>(0, *limit - std::max<std::int64_t>(0, used)));
  }
}

}  // namespace

CgroupLimits read_cgroup_limits(const fs::path& root) {
  CgroupLimits limits;
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
        look_at(relative.empty() ? top : top / relative, limits);
        if (relative.empty()) break;
      }
    }
  }
  return limits;
}

}  // namespace runoff
