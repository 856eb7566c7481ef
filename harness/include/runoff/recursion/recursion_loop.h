#pragma once

#include <cstddef>

#include "runoff/recursion/job_stacks.h"
#include "runoff/recursive.h"
#include "runoff/results.h"

namespace runoff {

/// The body of a parallel loop that runs a recursion on job stacks, for runtimes that have loops and no
/// fork-join: the loop has as many tasks as there are workers, and a task is what a worker does in the whole
/// execution. Call `JobStacks::begin` before each loop. A worker that runs a second task returns from it at
/// once.
inline auto recursion_loop(const Recursive& recursion, JobStacks& stacks, Results results) {
  return [&recursion, &stacks, results](Range workers) {
    for (std::size_t worker = workers.first; worker < workers.last; ++worker)
      recursion.work(stacks, static_cast<unsigned>(worker), results);
  };
}

}  // namespace runoff
