#pragma once

#include <cstdint>

#include "runoff/backend.h"

namespace runoff::cell {

/// What this process and all its descendants have used since they began. RUSAGE_CHILDREN knows those that
/// were reaped, their own clocks those that live, and what a living one has reaped is counted in ticks of the
/// kernel. The memory is left out, because it takes milliseconds to
/// find out.
Usage usage_of_tree();

/// Proportional set size, in bytes, of this process and its living descendants: shared pages count once.
std::int64_t memory_of_tree();

/// Processor time of the calling thread, in nanoseconds.
std::int64_t thread_cpu_ns();

}  // namespace runoff::cell
