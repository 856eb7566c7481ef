#pragma once

#include <cstddef>
#include <thread>
#include <utility>
#include <vector>

#include "runoff/scheduling/start_thread.h"
#include "runoff/scheduling/team.h"
#include "runoff/scheduling/thread_failure.h"

namespace runoff {

/// A team whose other workers are threads of its own. They wait for loops until it ends; the thread that
/// makes it leads.
template <class Run>
class ThreadTeam {
 public:
  struct NoEntrance {
    void operator()(unsigned) const {}
  };

  /// Each worker calls `enter(worker)` before its first loop, on its own thread: worker 0, which leads, in
  /// here. It must not throw. Throws std::system_error where a thread cannot be had.
  template <class Enter = NoEntrance>
  ThreadTeam(unsigned workers, Run run, Enter enter = {})
      : run_(std::move(run)), team_(block_, workers, Scope::threads) {
    enter(0u);
    threads_.reserve(workers - 1);
    try {
      for (unsigned worker = 1; worker < workers; ++worker)
        threads_.push_back(start_thread(worker + 1, workers, [this, enter, worker] {
          enter(worker);
          team_.serve(run_, failure_);
        }));
    } catch (...) {
      end();
      throw;
    }
  }
  ~ThreadTeam() { end(); }
  ThreadTeam(const ThreadTeam&) = delete;
  ThreadTeam& operator=(const ThreadTeam&) = delete;

  /// Runs `run(Range)` for the tasks on all workers that come in time, and returns when each has run. Throws
  /// the first exception of a task.
  void lead(std::size_t tasks) { team_.lead(tasks, run_, failure_); }

 private:
  void end() {
    team_.end();
    for (auto& thread : threads_) thread.join();
  }

  Run run_;
  TeamBlock block_{};
  ThreadFailure failure_;
  Team team_;
  std::vector<std::thread> threads_;
};

}  // namespace runoff
