#pragma once

#include <cstddef>

#include "runoff/errors.h"

namespace runoff {

/// A runtime that spawns tasks and waits for them, as `Recursive::solve` uses it: one `fork` for each node
/// that forks.
class RUNOFF_VISIBLE TaskGroups {
 public:
  /// The jobs of one fork: what a node that forks has on its stack begins with this.
  struct Jobs {
    void (*run)(Jobs& jobs, std::size_t job);  ///< runs one of them, by its number; throws nothing

    void operator()(std::size_t job) { run(*this, job); }
  };

  virtual ~TaskGroups() = default;
  /// Spawns all of `count` jobs but number 0, runs that one meanwhile, and returns when all have returned.
  /// At least one job; jobs fork jobs.
  virtual void fork(Jobs& jobs, std::size_t count) = 0;
};

/// TaskGroups of any class with a default constructor, `run(callable)` and `wait()`.
template <class Group>
class TaskGroupsOf final : public TaskGroups {
 public:
  void fork(Jobs& jobs, std::size_t count) override {
    Group group;
    for (std::size_t job = 1; job < count; ++job) group.run([&jobs, job] { jobs(job); });
    jobs(0);
    group.wait();
  }
};

}  // namespace runoff
