#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>

#include "runoff/recursion/frontier.h"
#include "runoff/recursion/frontier_fork.h"
#include "runoff/recursion/group_fork.h"
#include "runoff/recursion/job_fork.h"
#include "runoff/recursion/job_stacks.h"
#include "runoff/recursion/serial_fork.h"
#include "runoff/task_groups.h"
#include "runoff/recursion/worker_observer.h"
#include "runoff/workload.h"

namespace runoff {

/// Fork-join recursion: a task forks tasks, waits for them and joins their results. One result slot: the
/// root's.
///
/// This is what backends and the harness see, without the types of nodes; authors derive from RecursiveOf. A
/// decorator forwards every virtual function to the workload that it wraps, and is told of workers by
/// `observe`.
class RUNOFF_VISIBLE Recursive : public Workload {
 public:
  static constexpr Shape static_shape = Shape::recursive;
  Shape shape() const final { return static_shape; }
  std::size_t tasks() const override { return 0; }
  std::size_t slots() const override { return 1; }

  /// Solves the root by plain recursion, without forking.
  virtual void solve(Results results) const = 0;

  /// Solves the root with a runtime's own tasks; call it on one of the runtime's workers. Throws what a node
  /// threw.
  virtual void solve(TaskGroups& groups, Results results) const = 0;

  /// What to make JobStacks with.
  virtual JobLayout job() const = 0;

  /// Solves the root with work stealing, for runtimes that have workers and no tasks. Each worker that takes
  /// part calls this once in an execution, after `JobStacks::begin`, with a number below
  /// `JobStacks::workers()` of its own: 0, who must come, solves the root; the others may come at any time,
  /// or not at all. Returns when the root is solved. On 0 it throws what a node threw: as TaskFailed, with
  /// its text, if that was in another process. In the process that watches it throws WorkerLost. Otherwise it
  /// throws nothing.
  virtual void work(JobStacks& stacks, unsigned worker, Results results) const = 0;

  /// Cuts the recursion into subtrees, for workers that have no job stacks in common. The same in every
  /// process, and in every execution.
  virtual std::unique_ptr<Frontier> frontier(FrontierLimits limits) const = 0;

  /// From now on `observer` is told of workers; nobody at first. It must outlive the executions.
  void observe(WorkerObserver* observer) { observer_ = observer; }

 protected:
  WorkerObserver* observer() const { return observer_; }

 private:
  WorkerObserver* observer_ = nullptr;
};

/// The base of recursive workloads. `Work`, the author's class, has
///
///     Node root() const;
///     template <class Fork> Result solve(const Node& node, Fork& fork) const;
///
/// and writes ordinary recursion, where `fork` stands for the calls that may run in parallel:
///
///     auto [a, b] = fork(n - 1, n - 2);     // two or more nodes; an array of their results
///     fork.many(nodes, results);            // any number, as spans
///
/// Nodes and results travel between workers as bytes: they are trivially copyable and hold no pointers but
/// into `Memory`. `solve` runs on many workers at once and may throw; that cancels the execution, so it
/// cannot catch what a forked node threw. A node always forks the same, and `solve` may be left at its fork
/// and begun anew: what it does before has no effects. A workload with a cut-off goes on below it with
/// `fork.serially(node)`, but only `if constexpr (Fork::parallel)`: plain recursion comes through `solve` as
/// well.
template <class Work, class Node, class Result>
class RecursiveOf : public Recursive {
  static_assert(std::is_trivially_copyable_v<Node>);
  static_assert(std::is_trivially_copyable_v<Result>);

 public:
  ResultLayout result() const override { return result_of<Result>(); }

  void solve(Results results) const final {
    if (observer() != nullptr) observer()->worker_ran();
    results.at<Result>(0) = SerialFork<Work, Node, Result>::solve(self(), self().root());
  }

  void solve(TaskGroups& groups, Results results) const final {
    GroupRun<Work, Node, Result> run(self(), groups, observer());
    results.at<Result>(0) = run.lead();
  }

  JobLayout job() const final {
    return {sizeof(runoff::Job<Node, Result>), alignof(runoff::Job<Node, Result>)};
  }

  void work(JobStacks& stacks, unsigned worker, Results results) const final {
    JobWorker<Work, Node, Result> jobs(self(), stacks, worker, observer());
    if (worker != 0) return jobs.help();
    results.at<Result>(0) = jobs.lead();
  }

  std::unique_ptr<Frontier> frontier(FrontierLimits limits) const final {
    return std::make_unique<FrontierOf<Work, Node, Result>>(self(), limits, observer());
  }

 private:
  const Work& self() const { return static_cast<const Work&>(*this); }
};

}  // namespace runoff
