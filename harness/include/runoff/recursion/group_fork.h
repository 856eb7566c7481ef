#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <vector>

#include "runoff/errors.h"
#include "runoff/recursion/job_stacks.h"
#include "runoff/recursion/serial_fork.h"
#include "runoff/recursion/worker_observer.h"
#include "runoff/scheduling/atomic.h"
#include "runoff/task_groups.h"

namespace runoff {

/// One execution on a runtime's own tasks. Failures are carried here, so that the runtime sees none.
template <class Work, class Node, class Result>
class GroupRun {
 public:
  class Fork;

  GroupRun(const Work& work, TaskGroups& groups, WorkerObserver* observer)
      : work_(work),
        groups_(groups),
        observer_(observer),
        number_(runs_.fetch_add(1, std::memory_order_relaxed) + 1) {}

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
  /// The nodes that a node forks, and where their results go. Lies on the stack of the one that forks, whole
  /// or as pointers: all that a runtime copies for a job is where this is and which job it is.
  template <class Nodes, class Results, class Marks>
  struct Children : TaskGroups::Jobs {
    GroupRun& run;
    Nodes nodes;
    Results results;
    Marks returned;  // a byte for each job: a runtime that does not wait for all of them is found out

    static void run_one(Jobs& jobs, std::size_t child) noexcept {
      auto& children = static_cast<Children&>(jobs);
      solve_one(children, child);
      children.returned[child] = 1;
    }
    static void solve_one(Children& children, std::size_t child) noexcept {
      GroupRun& run = children.run;
      if (run.cancelled()) return;
      run.arrive();
      try {
        children.results[child] = solve(run, children.nodes[child]);
      } catch (const Cancelled&) {
        // Another job failed.
      } catch (...) {
        run.fail();
      }
    }
  };

  // The compiler may inline this, and cannot merge calls: only a runtime calls a child.
  static Result solve(GroupRun& run, const Node& node) {
    Fork fork(run);
    return run.work_.solve(node, fork);
  }

  // Relaxed: it only saves work. What was thrown reaches the leader through the runtime's own waiting.
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

  void fail() {
    // Relaxed: the flag only decides which thread writes; the runtime's waiting orders what it writes.
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
  static inline constinit Atomic<std::uint64_t> runs_{0};  // relaxed: only that numbers differ matters

  const Work& work_;
  TaskGroups& groups_;
  WorkerObserver* const observer_;
  const std::uint64_t number_;
  Atomic<bool> cancelled_{false};
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
    constexpr std::size_t count = sizeof...(Nodes);
    using All = Children<std::array<Node, count>, std::array<Result, count>, std::array<Mark, count>>;
    All children{{&All::run_one}, run_, {static_cast<Node>(nodes)...}, {}, {}};
    fork(children, children.returned);
    return children.results;
  }

  void many(std::span<const Node> nodes, std::span<Result> results) {
    if (nodes.empty()) return;
    constexpr std::size_t few = 64;
    if (nodes.size() <= few) {
      std::array<Mark, few> marks;
      many(nodes, results, std::span(marks).first(nodes.size()));
    } else {
      std::vector<Mark> marks(nodes.size());
      many(nodes, results, marks);
    }
  }

  /// By plain recursion, without forking.
  Result serially(const Node& node) { return SerialFork<Work, Node, Result>::solve(run_.work_, node); }

 private:
  using Mark = unsigned char;

  void many(std::span<const Node> nodes, std::span<Result> results, std::span<Mark> marks) {
    using All = Children<const Node*, Result*, Mark*>;
    std::fill(marks.begin(), marks.end(), Mark{0});
    All children{{&All::run_one}, run_, nodes.data(), results.data(), marks.data()};
    fork(children, marks);
  }

  void fork(TaskGroups::Jobs& jobs, std::span<const Mark> returned) {
    run_.groups_.fork(jobs, returned.size());
    if (run_.cancelled()) throw Cancelled{};
    for (const Mark mark : returned)
      if (mark == 0) [[unlikely]]
        throw WrongInput("the runtime returned from a fork before all of its jobs had run");
  }

  GroupRun& run_;
};

}  // namespace runoff
