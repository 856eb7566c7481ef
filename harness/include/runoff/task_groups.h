#pragma once

#include <cstddef>

#include "runoff/errors.h"

namespace runoff {

/// A runtime that spawns tasks and waits for them, as `Recursive::solve` uses it: one `fork` for each node
/// that forks.
class RUNOFF_VISIBLE TaskGroups {
 public:
  using Run = void (*)(void* job);

  /// Jobs that lie one behind the other, on the stack of whoever forks. They throw nothing.
  struct Jobs {
    Run run;
    std::byte* first;
    std::size_t stride;
    std::size_t count;  ///< at least one

    void operator()(std::size_t job) const { run(first + job * stride); }
  };

  virtual ~TaskGroups() = default;
  /// Spawns all jobs but the first, runs that one meanwhile, and returns when all have returned. Jobs fork
  /// jobs.
  virtual void fork(const Jobs& jobs) = 0;
};

/// TaskGroups of any class with a default constructor, `run(callable)` and `wait()`.
template <class Group>
class TaskGroupsOf final : public TaskGroups {
 public:
  void fork(const Jobs& jobs) override {
    Group group;
    for (std::size_t job = 1; job < jobs.count; ++job)
      group.run([run = jobs.run, place = jobs.first + job * jobs.stride] { run(place); });
    jobs(0);
    group.wait();
  }
};

}  // namespace runoff
