#pragma once

#include <cstddef>
#include <string>

#include "runoff/memory.h"
#include "runoff/results.h"
#include "runoff/workload.h"

namespace runoff::cell {

/// How far apart slots of this layout lie: no two share a cache line.
std::size_t slot_stride(ResultLayout layout);

/// Claims the slots for a workload's results, and a guard before the first and behind the last of them.
Results claim_results(const Workload& workload, Memory& memory);

/// Overwrites slots that were claimed so, what is between them and the guards: old results cannot pass for
/// new, and what was written beside a slot shows.
void wipe(Results results);

/// Slots that are as `wipe` left them.
std::size_t missing(Results results);

/// What was written beside a slot since `wipe`, in words; empty where nothing was.
std::string written_beside(Results results);

}  // namespace runoff::cell
