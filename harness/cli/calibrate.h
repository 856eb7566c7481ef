#pragma once

#include <span>
#include <vector>

#include "advise/likeness.h"
#include "cli/prepare.h"

namespace runoff {

/// How much work this core does in the described time, one for each description, from a few samples of one
/// worker: measured once, so that all backends then get the same work. Nothing when it was interrupted.
/// Throws UsageError and MachineError.
std::optional<std::vector<Calibration>> calibrate(const Prepared& around, const RunOptions& options,
                                                  std::span<const Description> descriptions);

}  // namespace runoff
