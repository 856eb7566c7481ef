#pragma once

#include <sched.h>

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "runoff/scheduling/thread_team.h"

namespace runoff::mpi {

/// The threads of one rank, led by the one that calls.
class Threads {
 public:
  /// Thread k stays on the k-th of these cores; where there are none, each is where the rank is.
  Threads(unsigned count, const std::vector<int>& cores)
      : team_(
            count, [this](Range tasks) { run_(tasks); },
            [cores](unsigned thread) {
              if (thread < cores.size()) stay_on(cores[thread]);
            }),
        count_(count) {}

  unsigned count() const { return count_; }

  /// Calls run(Range) for the tasks, on all threads, and returns when each has run.
  void run(std::size_t tasks, std::function<void(Range)> run) {
    run_ = std::move(run);
    team_.lead(tasks);
  }

 private:
  static void stay_on(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(core), &set);
    ::sched_setaffinity(0, sizeof(set), &set);
  }

  std::function<void(Range)> run_;
  ThreadTeam<std::function<void(Range)>> team_;
  unsigned count_;
};

}  // namespace runoff::mpi
