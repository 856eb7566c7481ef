#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

#include "runoff/backend.h"

namespace runoff::cell {

/// What this process and all its descendants have used since they began. RUSAGE_CHILDREN knows those that
/// were reaped, their own clocks those that live, and what a living one has reaped is counted in ticks of the
/// kernel. The memory is left out, because it takes milliseconds to
/// find out.
Usage usage_of_tree();

/// What was used from one look to another, without the memory.
Usage used_between(const Usage& before, const Usage& after);

/// Whether the kernel forgets what the children of this process used when they end, as it does where SIGCHLD
/// is ignored: usage_of_tree() would lack it.
bool are_children_forgotten();

/// Proportional set size, in bytes, of this process and its living descendants: shared pages count once.
std::int64_t memory_of_tree();

/// What the calling thread has used, without its memory and its context switches.
Usage usage_of_thread();

/// All threads of this process and its living descendants.
std::vector<pid_t> threads_of_tree();

/// Processor time of the calling thread, in nanoseconds.
std::int64_t thread_cpu_ns();

}  // namespace runoff::cell
