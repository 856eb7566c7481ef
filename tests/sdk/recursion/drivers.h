#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "runoff/memory.h"
#include "runoff/recursive.h"
#include "runoff/recursive_of.h"
#include "runoff/task_groups.h"

namespace runoff::test {

/// A thread for each task.
class ThreadGroup {
 public:
  template <class Task>
  void run(Task task) {
    tasks_.emplace_back(task);
  }
  void wait() { tasks_.clear(); }

 private:
  std::vector<std::jthread> tasks_;
};

/// A recursive workload with memory for its result, and ways to run it.
class Bench {
 public:
  explicit Bench(const Recursive& work) : work_(work) {
    const std::size_t size = work.result().size;
    const std::size_t stride = (size + cache_line - 1) / cache_line * cache_line;
    results_ = Results(memory_.bytes(stride), 1, size, stride);
  }

  Memory& memory() { return memory_; }
  Results results() const { return results_; }
  template <class T>
  T result() const {
    return results_.at<T>(0);
  }

  void serially() { work_.solve(results_); }

  /// Fresh threads; number 0 is the caller's.
  void on_threads(JobStacks& stacks, unsigned workers) {
    stacks.begin();
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < workers; ++i)
      threads.emplace_back([this, &stacks, i] { work_.work(stacks, i, results_); });
    work_.work(stacks, 0, results_);
  }
  void on_threads(unsigned workers) {
    JobStacks stacks(memory_, workers, work_.job());
    on_threads(stacks, workers);
  }
  /// With stacks of `room` jobs.
  void on_threads_with_room(std::size_t room, unsigned workers) {
    JobStacks stacks(memory_, workers, work_.job(), room * work_.job().size);
    on_threads(stacks, workers);
  }

  /// Fresh processes, watched; `leader` is the caller's number.
  void on_processes(unsigned workers, unsigned leader = 0) {
    JobStacks stacks(memory_, workers, work_.job());
    stacks.begin();
    std::vector<pid_t> children;
    for (unsigned i = 0; i < workers; ++i) {
      if (i == leader) continue;
      const pid_t child = ::fork();
      if (child < 0) throw std::runtime_error("fork");
      if (child == 0) {
        try {
          work_.work(stacks, i, results_);
        } catch (...) {
          ::_exit(3);
        }
        ::_exit(0);
      }
      children.push_back(child);
    }
    stacks.watch([&] {
      for (pid_t& child : children) {
        int status = 0;
        if (child == 0 || ::waitpid(child, &status, WNOHANG) != child) continue;
        child = 0;
        if (WIFSIGNALED(status)) throw WorkerLost("killed by signal " + std::to_string(WTERMSIG(status)));
      }
    });
    std::exception_ptr failure;
    try {
      work_.work(stacks, leader, results_);
    } catch (...) {
      failure = std::current_exception();
    }
    for (const pid_t child : children)
      if (child != 0) ::waitpid(child, nullptr, 0);
    if (failure) std::rethrow_exception(failure);
  }

  void on_tasks() {
    TaskGroupsOf<ThreadGroup> groups;
    work_.solve(groups, results_);
  }

 private:
  const Recursive& work_;
  Memory memory_ = Memory::create();
  Results results_;
};

struct Fib final : RecursiveOf<Fib, int, std::int64_t> {
  explicit Fib(int number) : n(number) {}
  int root() const { return n; }
  template <class Fork>
  std::int64_t solve(int k, Fork& fork) const {
    if (k < 2) return k;
    const auto [a, b] = fork(k - 1, k - 2);
    return a + b;
  }
  Check check(Results) const override { return Check::ok(); }
  int n;
};

}  // namespace runoff::test
