#pragma once

#include <sched.h>

#include <cstddef>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "runoff/scheduling/start_thread.h"
#include "runoff/scheduling/team.h"
#include "runoff/scheduling/thread_failure.h"

namespace runoff::mpi {

/// The threads of one rank, led by the one that calls. One thread alone is the caller itself.
class Threads {
 public:
  /// Thread k stays on the k-th of these cores; where there are none, each is where the rank is.
  Threads(unsigned count, const std::vector<int>& cores)
      : team_(block_, count, Scope::threads), count_(count) {
    const auto serve = [this](int core) {
      stay_on(core);
      team_.serve(run_, failure_);
    };
    const auto core_of = [&cores](unsigned thread) { return thread < cores.size() ? cores[thread] : -1; };
    stay_on(core_of(0));
    others_.reserve(count - 1);
    try {
      for (unsigned thread = 1; thread < count; ++thread)
        others_.push_back(start_thread(thread + 1, count, [serve, core = core_of(thread)] { serve(core); }));
    } catch (...) {
      end();
      throw;
    }
  }
  ~Threads() { end(); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  unsigned count() const { return count_; }

  /// Calls run(Range) for the tasks, on all threads, and returns when each has run. It must not throw.
  void run(std::size_t tasks, std::function<void(Range)> run) {
    if (count_ == 1) return run({0, tasks});
    run_ = std::move(run);
    team_.lead(tasks, run_, failure_);
  }

 private:
  static void stay_on(int core) {
    if (core < 0) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(core), &set);
    ::sched_setaffinity(0, sizeof(set), &set);
  }

  void end() {
    team_.end();
    for (auto& thread : others_) thread.join();
  }

  std::function<void(Range)> run_;
  TeamBlock block_{};
  ThreadFailure failure_;
  Team team_;
  unsigned count_;
  std::vector<std::thread> others_;
};

}  // namespace runoff::mpi
