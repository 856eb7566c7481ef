#pragma once

#include <chrono>
#include <cstdint>

#include "cell/measurement.h"
#include "cell/outcome.h"

namespace runoff::cell {

/// How long a sample is to measure that takes so long to prepare and to check. Noise in time falls with the
/// length of a batch, so dear preparation is worth a longer one: where noise within a process is most of all,
/// twice as long is about best.
std::chrono::nanoseconds worth_measuring(std::chrono::nanoseconds overhead);

/// How many warm executions take so much time together, with the pauses before them: judged by the cold one
/// where it is long and each worker had tasks in it, else by the fastest of a few more, which no figure
/// counts. In those it counts the processor's events where `all_here`: all workers are in the tree of this
/// process.
std::int64_t calibrate(Measurement& measurement, std::chrono::nanoseconds cold,
                       std::chrono::nanoseconds together, bool all_here, Outcome& outcome);

}  // namespace runoff::cell
