#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "cell/read_stamps.h"

namespace runoff {

/// A time in which a worker was inside of tasks, of one or of several that were under way at once.
struct Segment {
  std::int64_t begin_ns = 0, end_ns = 0;
  double off_ns = 0;  ///< of it off the processor; 0 where that is not known

  double length_ns() const { return static_cast<double>(end_ns - begin_ns); }
};

/// What one worker did in one execution.
struct WorkerTime {
  pid_t thread = 0;
  std::vector<Stamp> stamps;      ///< its chunks, in the order in which they began
  std::vector<Segment> segments;  ///< in order; they do not overlap
  std::int64_t tasks_end_ns = 0;  ///< when its last task ended; `finish` may follow

  double busy_ns() const;
  double off_ns() const;
};

/// The workers of an execution. What is left to one worker when all tasks have run is done by one of them,
/// also where the runtime has a thread of its own for it.
std::vector<WorkerTime> workers_of(const StampedExecution& execution);

}  // namespace runoff
