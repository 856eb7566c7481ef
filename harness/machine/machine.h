#pragma once

#include <cstdint>
#include <vector>

namespace runoff {

/// What of this machine a run may use.
struct Machine {
  std::vector<int> cpus;  ///< allowed logical processors, one of each core before their siblings
  unsigned cores = 1;     ///< how many workers can run at once: as many as processors and quota allow
  std::int64_t memory_available = 0;  ///< bytes, under the control groups' limits
  std::int64_t processes = 0;         ///< and threads, that its user or its control group may have
};

/// Throws MachineError.
Machine look_at_machine();

}  // namespace runoff
