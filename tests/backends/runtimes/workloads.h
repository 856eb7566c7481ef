#pragma once

#include <unistd.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "runoff/workload.h"

/// Tasks that a test gives as a function of the task's number. Notes which thread ran what, how often, and in
/// which ranges.
class Tasks final : public runoff::Independent {
 public:
  explicit Tasks(
      std::size_t tasks, std::function<void(std::size_t)> task = [](std::size_t) {})
      : task_(std::move(task)), runs_(tasks), threads_(tasks) {}

  std::size_t tasks() const override { return runs_.size(); }
  runoff::ResultLayout result() const override { return runoff::result_of<int>(); }
  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }

  void run(runoff::Range range, runoff::Results results) const override {
    ++ranges_;
    for (std::size_t task = range.first; task < range.last; ++task) {
      threads_[task] = ::gettid();
      results.at<int>(task) = static_cast<int>(task) + 1;
      task_(task);
      ++runs_[task];
    }
  }

  int runs(std::size_t task) const { return runs_[task]; }
  /// The thread that ran each task in the last execution.
  const std::vector<pid_t>& threads() const { return threads_; }
  std::size_t workers() const { return std::set<pid_t>(threads_.begin(), threads_.end()).size(); }
  /// Calls of run() in all executions.
  std::size_t ranges() const { return ranges_; }

 private:
  std::function<void(std::size_t)> task_;
  mutable std::vector<std::atomic<int>> runs_;
  mutable std::vector<pid_t> threads_;
  mutable std::atomic<std::size_t> ranges_{0};
};

/// Waits until `condition` holds, giving the core away. A hang is ended by the test's time limit.
template <class Condition>
void wait_until(Condition condition) {
  while (!condition()) ::usleep(50);
}

/// Steps in which every point depends on all points of the step before. Notes a point that ran too early.
class Steps final : public runoff::Dependent {
 public:
  Steps(std::size_t steps, std::uint32_t width)
      : width_(width), all_{0, width - 1}, finished_(steps), early_(0) {}

  std::size_t steps() const override { return finished_.size(); }
  std::size_t width(std::size_t) const override { return width_; }
  std::size_t tasks() const override { return steps() * width_; }
  std::size_t slots() const override { return tasks(); }
  std::size_t slot(std::size_t step, std::size_t point) const override { return step * width_ + point; }
  runoff::ResultLayout result() const override { return runoff::result_of<int>(); }
  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }
  std::span<const runoff::Interval> dependencies(std::size_t step, std::size_t) const override {
    return step == 0 ? std::span<const runoff::Interval>{} : std::span(&all_, 1);
  }
  std::span<const runoff::Interval> dependents(std::size_t step, std::size_t) const override {
    return step + 1 == steps() ? std::span<const runoff::Interval>{} : std::span(&all_, 1);
  }

  void run(std::size_t step, std::size_t point, runoff::Results results) const override {
    if (step > 0 && finished_[step - 1] < width_) ++early_;
    if (point == 0) ::usleep(100);  // the others must wait for it
    if (step == failing_ && point == 3) throw runoff::WrongInput("no luck");
    ++results.at<int>(slot(step, point));
    ++finished_[step];
  }

  std::size_t early() const { return early_; }
  /// Before each execution.
  void forget() const {
    for (auto& count : finished_) count = 0;
  }
  /// The step in which a task throws from now on.
  void fail_in(std::size_t step) const { failing_ = step; }

 private:
  std::size_t width_;
  runoff::Interval all_;
  mutable std::vector<std::atomic<std::size_t>> finished_;
  mutable std::atomic<std::size_t> early_;
  mutable std::atomic<std::size_t> failing_{~std::size_t{0}};
};
