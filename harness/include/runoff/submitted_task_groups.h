#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

#include "runoff/task_groups.h"

namespace runoff {

/// TaskGroups of any pool: `submit(callable)` has some worker of it call the callable once, soon or late.
/// Call `Recursive::solve` on one of its workers. A worker that waits for its jobs runs those itself that no
/// other has begun, so that a pool gets to the end whose workers all wait, and so does one of a single
/// worker.
template <class Submit>
class SubmittedTaskGroups final : public TaskGroups {
 public:
  explicit SubmittedTaskGroups(Submit submit) : submit_(std::move(submit)) {}

  void fork(Jobs& jobs, std::size_t count) override {
    if (count == 1) return jobs(0);
    const auto group = std::make_shared<Group>(jobs, count);
    try {
      for (std::size_t job = 1; job < count; ++job) submit_([group, job] { group->run(job); });
    } catch (...) {
      // What the pool did not take is run here.
    }
    jobs(0);
    for (std::size_t job = 1; job < count; ++job) group->run(job);
    group->wait();
  }

 private:
  /// The jobs of one fork. The pool may still hold a callable when the fork has returned: that finds the job
  /// begun, and touches nothing else.
  class Group {
   public:
    Group(Jobs& jobs, std::size_t count)
        : jobs_(jobs), begun_(std::make_unique<std::atomic<bool>[]>(count)), left_(count - 1) {}

    void run(std::size_t job) {
      // Relaxed: it only decides which worker runs the job; what the job reads was published by `submit`.
      if (begun_[job].exchange(true, std::memory_order_relaxed)) return;
      jobs_(job);
      // Release: the forker sees what the job wrote when it sees that none is left.
      if (left_.fetch_sub(1, std::memory_order_acq_rel) == 1) left_.notify_one();
    }

    void wait() {
      for (std::size_t left; (left = left_.load(std::memory_order_acquire)) > 0;)
        left_.wait(left, std::memory_order_relaxed);
    }

   private:
    Jobs& jobs_;
    std::unique_ptr<std::atomic<bool>[]> begun_;
    std::atomic<std::size_t> left_;
  };

  Submit submit_;
};

}  // namespace runoff
