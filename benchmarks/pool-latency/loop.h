#pragma once

#include <chrono>
#include <cstddef>

#include "runoff/workload.h"

/// A parallel loop whose number of tasks and their duration can be changed between executions; a duration of
/// zero is an empty task.
class Loop final : public runoff::Independent {
 public:
  struct Form {
    std::size_t tasks;
    std::chrono::nanoseconds duration;
  };

  /// The form lies in memory that all workers see.
  explicit Loop(Form& form) : form_(form) {}

  std::size_t tasks() const override { return form_.tasks; }
  std::size_t slots() const override { return most_tasks; }
  runoff::ResultLayout result() const override { return runoff::result_of<int>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      if (form_.duration > std::chrono::nanoseconds::zero()) {
        const auto until = std::chrono::steady_clock::now() + form_.duration;
        while (std::chrono::steady_clock::now() < until) continue;
      }
      results.at<int>(task) += 1;
    }
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < most_tasks; ++task)
      if (results.at<int>(task) != results.at<int>(0))
        return runoff::Check::wrong("a task ran too often or not");
    return runoff::Check::ok();
  }

  static constexpr std::size_t most_tasks = 16;

 private:
  Form& form_;
};
