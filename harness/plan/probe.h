#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "plan/choice.h"

namespace runoff {

/// What a workload's process holds before anything runs.
struct Probed {
  std::int64_t memory_bytes = 0;  ///< in all
  std::int64_t input_bytes = 0;   ///< of it for inputs
  std::int64_t result_bytes = 0;  ///< of one task's result
};

/// Makes each workload in a process of its own, and asks it. Throws UsageError for parameters that cannot
/// be, or not together, and MachineError where this machine, a limit of it or the module is at fault.
std::vector<Probed> probe_workloads(std::span<const ChosenWorkload> workloads,
                                    const std::filesystem::path& cell);

}  // namespace runoff
