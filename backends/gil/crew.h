#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "lock.h"
#include "runoff/scheduling/range.h"
#include "runoff/scheduling/start_thread.h"
#include "runoff/scheduling/team.h"
#include "runoff/scheduling/thread_failure.h"

namespace runoff::gil {

/// A pool of threads that take tasks one at a time, each under the lock; as those of a ThreadPoolExecutor,
/// they keep it from one task to the next.
class Crew {
 public:
  using Body = std::function<void(Range)>;

  Crew(unsigned workers, Lock& lock, Body body)
      : workers_(workers),
        lock_(lock),
        body_(std::move(body)),
        team_(block_, workers, Scope::threads),
        part_([this](Range) { take_part(); }) {
    threads_.reserve(workers - 1);
    try {
      for (unsigned worker = 1; worker < workers; ++worker)
        threads_.push_back(start_thread(worker + 1, workers, [this] { team_.serve(part_, failure_); }));
    } catch (...) {
      end();
      throw;
    }
  }
  ~Crew() { end(); }

  /// Throws the first exception of a task.
  void execute(std::size_t tasks) {
    tasks_ = tasks;
    next_.store(0, std::memory_order_relaxed);  // the team publishes both
    team_.lead(workers_, part_, failure_);
  }

 private:
  void take_part() {
    struct Held {
      explicit Held(Lock& lock) : lock_(lock) { lock_.take(); }
      ~Held() { lock_.let_go(); }
      Lock& lock_;
    };
    if (next_.load(std::memory_order_relaxed) >= tasks_) return;
    const Held held(lock_);
    try {
      for (std::size_t task; (task = next_.fetch_add(1, std::memory_order_relaxed)) < tasks_;)
        body_({task, task + 1});
    } catch (...) {
      next_.store(tasks_, std::memory_order_relaxed);
      throw;
    }
  }

  void end() {
    team_.end();
    for (auto& thread : threads_) thread.join();
  }

  unsigned workers_;
  Lock& lock_;
  Body body_;
  std::size_t tasks_ = 0;
  std::atomic<std::size_t> next_{0};
  TeamBlock block_{};
  ThreadFailure failure_;
  Team team_;
  Body part_;
  std::vector<std::thread> threads_;
};

}  // namespace runoff::gil
