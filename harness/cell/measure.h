#pragma once

#include "cell/arguments.h"
#include "cell/outcome.h"

namespace runoff::cell {

/// The life of a cell: make the workload and its memory, load and start the backend, one cold execution, one
/// that tells how many the warm batch takes, then the warm batch, which Google Benchmark drives. Results are
/// wiped before and checked after the cold execution and the last warm one.
///
/// Empty in a process that only follows. Whatever goes wrong in the measured work is an outcome, not an
/// exception; throws InvalidParameter and ModuleError for what is wrong before there is anything to measure.
std::optional<Outcome> measure(const Arguments& arguments);

}  // namespace runoff::cell
