#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>

#include "cell/measurement.h"
#include "cell/outcome.h"

namespace runoff::cell {

/// Into how many turns a batch is cut. Each begins with executions that no figure counts, so it has at least
/// five that are counted, and lasts at least 5 ms. A batch of long executions is not cut at all.
std::uint32_t turns_in(std::int64_t iterations, std::chrono::nanoseconds together);

/// Runs the warm batch under Google Benchmark, by turns with other cells, and enters its means into the
/// outcome.
void run_batch(Measurement& measurement, const std::string& label, std::int64_t iterations,
               std::uint32_t turns, pid_t launcher, bool quiet, Outcome& outcome);

}  // namespace runoff::cell
