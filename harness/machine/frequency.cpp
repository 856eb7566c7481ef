#include "machine/frequency.h"

#include <algorithm>
#include <string>

#include "machine/kernel_files.h"

namespace runoff {

std::optional<std::int64_t> read_highest_clock_khz(std::span<const int> cpus,
                                                   const std::filesystem::path& root) {
  std::optional<std::int64_t> highest;
  for (const int cpu : cpus) {
    const auto khz =
        read_number(root / ("sys/devices/system/cpu/cpu" + std::to_string(cpu)) / "cpufreq/scaling_cur_freq");
    if (khz) highest = std::max(highest.value_or(0), *khz);
  }
  return highest;
}

}  // namespace runoff
