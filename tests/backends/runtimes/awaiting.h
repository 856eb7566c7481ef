#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "runoff/asynchronous.h"
#include "runoff/workload.h"

/// Waits until `condition` holds without blocking the loop. A hang is ended by the test's time limit.
template <class Condition>
boost::asio::awaitable<void> await(Condition condition) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  while (!condition()) {
    timer.expires_after(std::chrono::microseconds(200));
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

/// Tasks that a test gives as a coroutine of the task's number. Notes how many were under way at once, in all
/// and on each loop, and on which thread each began and ended.
class Awaiting final : public runoff::Independent, public runoff::Asynchronous {
 public:
  using Task = std::function<boost::asio::awaitable<void>(std::size_t)>;

  Awaiting(std::size_t tasks, Task task) : task_(std::move(task)), runs_(tasks), threads_(tasks) {}

  std::size_t tasks() const override { return runs_.size(); }
  runoff::ResultLayout result() const override { return runoff::result_of<int>(); }
  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }
  void run(runoff::Range, runoff::Results) const override { ++blocking_runs_; }

  const runoff::Asynchronous* asynchronous() const override { return this; }
  boost::asio::awaitable<void> run_async(std::size_t task, runoff::Results) const override {
    enter();
    threads_[task] = ::gettid();
    try {
      co_await task_(task);
    } catch (...) {
      leave(task);
      throw;
    }
    leave(task);
  }

  int runs(std::size_t task) const { return runs_[task]; }
  std::size_t under_way() const { return under_way_; }
  std::size_t most_on_a_loop() const { return most_on_a_loop_; }
  std::size_t wanderers() const { return wanderers_; }
  std::size_t blocking_runs() const { return blocking_runs_; }
  /// Tasks that each thread ran in the last execution.
  std::map<pid_t, std::size_t> shares() const {
    std::map<pid_t, std::size_t> found;
    for (const pid_t thread : threads_) ++found[thread];
    return found;
  }

 private:
  void enter() const {
    ++under_way_;
    const std::lock_guard lock(mutex_);
    most_on_a_loop_ = std::max(most_on_a_loop_, ++on_loop_[::gettid()]);
  }
  void leave(std::size_t task) const {
    if (threads_[task] != ::gettid()) ++wanderers_;
    ++runs_[task];
    --under_way_;
    const std::lock_guard lock(mutex_);
    --on_loop_[threads_[task]];
  }

  Task task_;
  mutable std::vector<std::atomic<int>> runs_;
  mutable std::vector<pid_t> threads_;
  mutable std::atomic<std::size_t> under_way_{0}, wanderers_{0}, blocking_runs_{0};
  mutable std::mutex mutex_;
  mutable std::map<pid_t, std::size_t> on_loop_;
  mutable std::size_t most_on_a_loop_ = 0;
};
