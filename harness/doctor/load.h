#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "doctor/finding.h"
#include "machine/processor_time.h"

namespace runoff {

/// What others did while this process waited.
struct Load {
  double busy_cores = 0;             ///< of those that a run may use
  double stolen_cores = 0;           ///< by the host, of those
  std::vector<ProcessTime> busiest;  ///< wherever they ran
  bool known = false;                ///< the kernel says it
};

/// Waits so long, and looks at what others do meanwhile.
Load watch_load(std::span<const int> cpus, std::chrono::milliseconds time);

Finding check_load(const Load& load, std::size_t cpus);
Finding check_steal(const Load& load, std::size_t cpus);

}  // namespace runoff
