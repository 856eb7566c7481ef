#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <utility>

#include "lock.h"
#include "runoff/scheduling/range.h"
#include "runoff/scheduling/thread_team.h"

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
        team_(workers, [this](Range) { take_part(); }) {}

  /// Throws the first exception of a task.
  void execute(std::size_t tasks) {
    tasks_ = tasks;
    next_.store(0, std::memory_order_relaxed);  // the team publishes both
    team_.lead(workers_);
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

  unsigned workers_;
  Lock& lock_;
  Body body_;
  std::size_t tasks_ = 0;
  std::atomic<std::size_t> next_{0};
  ThreadTeam<Body> team_;
};

}  // namespace runoff::gil
