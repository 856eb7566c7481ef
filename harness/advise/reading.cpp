#include "advise/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "report/units.h"
#include "statistics/median.h"

namespace runoff {
namespace {

/// How long the tasks of one stamp took, in each execution.
struct Taken {
  std::vector<double> ns, off_ns;  ///< `off_ns` where the processor's time is known
  double tasks = 1;
};

/// The lengths of tasks, and how much of them was waited.
struct TaskLengths {
  double tasks = 0, sum = 0, squares = 0;  ///< squares are those of each task
  double off = 0;
  double most_together = 1;  ///< tasks of one stamp
  std::uint32_t widest = 0;  ///< step of a graph

  void add(Taken& taken) {
    const double ns = median(taken.ns);
    tasks += taken.tasks;
    sum += ns;
    squares += ns * ns / taken.tasks;
    most_together = std::max(most_together, taken.tasks);
    if (!taken.off_ns.empty()) off += median(taken.off_ns);
  }
  double waited() const { return sum > 0 ? off / sum : 0; }
  double variation() const {
    const double mean = sum / tasks;
    return mean > 0 ? std::sqrt(std::max(0.0, squares / tasks - mean * mean)) / mean : 0;
  }
};

/// The median over the executions counts: what took a core away meanwhile says nothing of the task.
TaskLengths lengths_of(const StampedCell& stamped) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, Taken> taken;  // by step and first task
  TaskLengths lengths;
  for (const StampedExecution& execution : stamped.executions)
    for (const StampedThread& thread : execution.threads)
      for (const Stamp& stamp : thread.stamps) {
        if (stamp.kind != Stamp::tasks && stamp.kind != Stamp::task) continue;
        Taken& one = taken[{stamp.step, stamp.first}];
        const auto ns = static_cast<double>(stamp.end_ns - stamp.begin_ns);
        one.ns.push_back(ns);
        one.tasks = std::max<double>(1, stamp.count);
        if (stamp.knows_cpu())
          one.off_ns.push_back(
              std::max(0.0, ns - static_cast<double>(stamp.cpu_end_ns - stamp.cpu_begin_ns)));
        if (stamp.kind == Stamp::task) lengths.widest = std::max(lengths.widest, stamp.first + 1);
      }
  for (auto& [place, one] : taken) lengths.add(one);
  return lengths;
}

// Less is the kernel's, which takes the processor away now and then.
constexpr double least_wait = 0.02, most_wait_read = 0.99, widest_read = 100;

double wait_of(double share) {
  return share < least_wait ? 0 : std::min(most_wait_read, std::round(share * 100) / 100);
}

Depends depends_of(const std::string& shape) {
  for (const Depends one : {Depends::stencil, Depends::tree})
    if (shape_of(one) == shape) return one;
  return Depends::none;
}

void read_bytes(const Observed& observed, Reading& reading) {
  Description& description = reading.description;
  if (description.depends != Depends::tree)
    description.payload = observed.result_bytes;
  else if (observed.result_bytes > 8)
    reading.doubts.push_back(
        fmt::format("A task hands on {} bytes; a described one hands on a number.", observed.result_bytes));
  const std::int64_t moved = observed.sample.bytes.value_or(0);
  if (moved > 0) {
    // What it writes into its results is told as payload.
    description.memory = std::max<std::int64_t>(0, moved - description.tasks * description.payload);
    return;
  }
  description.memory = observed.input_bytes;
  reading.doubts.push_back(
      observed.input_bytes > 0
          ? "The workload does not say which memory its tasks walk: taken is that of its inputs, once."
          : "The workload does not say which memory its tasks walk, and has no inputs: taken is none.");
}

}  // namespace

double spread_of_variation(double variation) {
  return std::exp(std::sqrt(std::log1p(variation * variation)));
}

Reading read_off(const Observed& observed) {
  Reading reading;
  Description& description = reading.description;
  const auto wall = static_cast<double>(observed.sample.wall_ns.value_or(0));
  const TaskLengths lengths = lengths_of(observed.stamped);
  description.depends = depends_of(observed.shape);
  const std::int64_t tasks = observed.sample.tasks.value_or(0);
  reading.knows_tasks = tasks > 0;
  if (!reading.knows_tasks)
    reading.doubts.push_back(
        fmt::format("How many tasks there are is known to the workload alone, and so is how long one is: "
                    "together they take {}. "
                    "Say both by --tasks and --task.",
                    time_text(wall)));
  description.tasks = std::clamp<std::int64_t>(tasks, 1, 1'000'000);
  // Stamps take time: how long tasks are is told by an execution without.
  description.task_ns = std::max(1.0, wall / static_cast<double>(std::max<std::int64_t>(1, tasks)));
  if (lengths.tasks > 0) {
    description.spread = std::min(widest_read, spread_of_variation(lengths.variation()));
    description.wait = wait_of(lengths.waited());
    if (lengths.most_together > 1)
      reading.doubts.push_back(fmt::format(
          "Up to {:.0f} tasks were stamped together, so single ones may be more uneven than the spread says.",
          lengths.most_together));
  } else {
    const auto cpu = static_cast<double>(observed.sample.cpu_ns.value_or(0));
    if (wall > 0 && cpu > 0) description.wait = wait_of(1 - cpu / wall);
    reading.doubts.emplace_back(
        "Single tasks are not seen here: the spread of their lengths is not known, and "
        "taken to be 1.");
  }
  description.spread = std::round(description.spread * 100) / 100;
  if (description.depends == Depends::stencil && lengths.widest > 0) {
    description.width = lengths.widest;
    reading.doubts.emplace_back("Which tasks need which is not read: a stencil of the same width is taken.");
  }
  read_bytes(observed, reading);
  return reading;
}

}  // namespace runoff
