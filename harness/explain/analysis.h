#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cell/outcome.h"
#include "cell/read_stamps.h"
#include "explain/serial_cost.h"

namespace runoff {

/// Where workers × wall of one execution went, in ns.
struct Parts {
  double useful = 0;      ///< the serial time of the same tasks, on a processor
  double slower = 0;      ///< inside tasks, on a processor, beyond that: caches, memory
  double displaced = 0;   ///< inside tasks, with no core to run on: others had it
  double contended = 0;   ///< inside tasks, waiting longer than in serial: locks, a busy disk or server
  double io = 0;          ///< inside tasks, waiting as in serial
  double scheduling = 0;  ///< between tasks: handing out, stealing, starting, joining
  double imbalance = 0;   ///< waiting for tasks of other workers: at the end; in a graph also before
  double idle = 0;        ///< of workers that ran no task
  double stamping = 0;    ///< between tasks: what it took longer than without stamps
  double untold = 0;      ///< on a processor beyond the useful, where tasks are not seen one by one

  double sum() const;
};

/// Calls `visit(name, member)` for each part, in the order of explain.csv.
template <class P, class Visit>
void each_part(P& parts, Visit visit) {
  visit("useful", parts.useful);
  visit("slower", parts.slower);
  visit("displaced", parts.displaced);
  visit("contended", parts.contended);
  visit("io", parts.io);
  visit("scheduling", parts.scheduling);
  visit("imbalance", parts.imbalance);
  visit("idle", parts.idle);
  visit("stamping", parts.stamping);
  visit("untold", parts.untold);
}

/// The terms of the POP project's model (https://pop-coe.eu/node/69), as shares of 1. What is inside of tasks
/// is its "useful computation".
struct PopEfficiency {
  double parallel = 0;       ///< load balance × communication: inside tasks, of workers × wall
  double load_balance = 0;   ///< mean over the workers, relative to the busiest
  double communication = 0;  ///< of the wall time, what the busiest worker was inside tasks
  double computation = 0;    ///< the serial time, relative to the time inside tasks
  double global = 0;         ///< parallel × computation: the serial time, relative to workers × wall
};

/// What is known of a cell that is explained.
struct Explained {
  std::string bound, shape;
  std::int64_t workers = 1;
  std::int64_t cores = 0;        ///< 0: unknown
  std::int64_t concurrency = 0;  ///< tasks that can be under way at once; 0: unknown
};

/// Where the time of a cell's workers went: means over its executions that were stamped.
struct Analysis {
  double wall_ns = 0;
  bool seen = false;  ///< by stamps; else by processor time alone
  Parts parts;
  PopEfficiency efficiency;
  double chunks = 0;  ///< of an execution
  double chunk_ns = 0;
  std::optional<double> task_wait_ns;  ///< of a graph: from when a task could run to when it began
  /// How many times as long as the others the slowest worker takes for the same tasks.
  std::optional<double> slow_worker;
  double slow_worker_ns = 0;          ///< what it took longer than the others would have, in an execution
  std::vector<std::string> timeline;  ///< see timeline.h
};

/// From stamps; where there are none, from what the sample says of processor time.
Analysis analyse(const StampedCell& stamped, const Outcome& sample, const SerialCost& serial,
                 const Explained& cell);

}  // namespace runoff
