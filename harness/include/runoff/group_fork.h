#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <vector>

#include "runoff/job_stacks.h"
#include "runoff/serial_fork.h"
#include "runoff/task_groups.h"
#include "runoff/worker_observer.h"

namespace runoff {

/// One execution on a runtime's own tasks. Failures are carried here, so that the runtime sees none.
template <class Work, class Node, class Result>
class GroupRun {
 public:
  class Fork;

  GroupRun(const Work& work, TaskGroups& groups, WorkerObserver* observer)
      : work_(work), groups_(groups), observer_(observer), number_(++runs_) {}

  /// Solves the root. Throws what made it fail.
  Result lead() {
    try {
      arrive();
      return solve(*this, work_.root());
    } catch (const Cancelled&) {
    } catch (...) {
      fail();
    }
    std::rethrow_exception(first_failure_);
  }

 private:
  /// What a spawned job needs; lies on the stack of the one that forked it, as do the node and the result.
  struct Spawned {
    GroupRun* run;
    const Node* node;
    Result* result;
  };

  [[gnu::noinline]] static Result solve(GroupRun& run, Node node) {
    Fork fork(run);
    return run.work_.solve(node, fork);
  }

  static void run_spawned(void* spawned) {
    const auto [run, node, result] = *static_cast<const Spawned*>(spawned);
    if (run->cancelled()) return;
    run->arrive();
    run->solve_into(*node, *result);
  }

  void solve_into(const Node& node, Result& result) noexcept {
    try {
      result = solve(*this, node);
    } catch (const Cancelled&) {
      // Somebody else failed.
    } catch (...) {
      fail();
    }
  }

  // Relaxed: it only saves work. What was thrown reaches the leader through the runtime's own waiting.
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

  void fail() {
    if (!claimed_.test_and_set(std::memory_order_relaxed)) first_failure_ = std::current_exception();
    cancelled_.store(true, std::memory_order_relaxed);
  }

  void arrive() {
    if (last_run_ == number_) [[likely]]
      return;
    last_run_ = number_;
    if (observer_ != nullptr) observer_->worker_ran();
  }

  // The first model of thread-local storage costs one instruction, not a call, in a module too.
  [[gnu::tls_model("initial-exec")]] static inline constinit thread_local std::uint64_t last_run_ = 0;
  static inline constinit std::atomic<std::uint64_t> runs_{0};

  const Work& work_;
  TaskGroups& groups_;
  WorkerObserver* const observer_;
  const std::uint64_t number_;
  std::atomic<bool> cancelled_{false};
  std::atomic_flag claimed_;
  std::exception_ptr first_failure_;
};

/// What `solve` forks with on a runtime's own tasks.
template <class Work, class Node, class Result>
class GroupRun<Work, Node, Result>::Fork {
 public:
  static constexpr bool parallel = true;

  explicit Fork(GroupRun& run) : run_(run) {}

  template <class... Nodes>
  std::array<Result, sizeof...(Nodes)> operator()(const Nodes&... nodes) {
    const std::array<Node, sizeof...(Nodes)> all{static_cast<Node>(nodes)...};
    std::array<Result, sizeof...(Nodes)> results;
    std::array<Spawned, sizeof...(Nodes)> jobs;
    fork(all, results, jobs);
    return results;
  }

  void many(std::span<const Node> nodes, std::span<Result> results) {
    if (nodes.empty()) return;
    std::vector<Spawned> jobs(nodes.size());
    fork(nodes, results, jobs);
  }

  /// By plain recursion, without forking.
  Result serially(const Node& node) { return SerialFork<Work, Node, Result>::solve(run_.work_, node); }

 private:
  void fork(std::span<const Node> nodes, std::span<Result> results, std::span<Spawned> jobs) {
    if (run_.cancelled()) throw Cancelled{};
    for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i] = {&run_, &nodes[i], &results[i]};
    run_.groups_.fork(
        {&run_spawned, reinterpret_cast<std::byte*>(jobs.data()), sizeof(Spawned), jobs.size()});
    if (run_.cancelled()) throw Cancelled{};
  }

  GroupRun& run_;
};

}  // namespace runoff
