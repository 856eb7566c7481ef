#pragma once

#include "cli/prepare.h"

namespace runoff {

/// Prints the cells with their numbers, the order of each round, and how long it is likely to take: that is
/// found by a sample of each cell, as far as a few seconds go, which is not kept. Returns the exit status.
int dry_run(const Prepared& run, const RunOptions& options);

}  // namespace runoff
