#pragma once

#include <vector>

#include "statistics/cells.h"

namespace runoff {

/// The same cells, to be compared by the latency that 99 of 100 tasks did not exceed: where tasks arrive at a
/// rate, all that keep up take the same time, and differ in how long a task waits for its turn.
std::vector<Cell> by_latency(std::vector<Cell> cells);

}  // namespace runoff
