#pragma once

#include <cstddef>
#include <memory>

#include "runoff/workload.h"

namespace runoff {

class Frontier;         // recursion/frontier.h
struct FrontierLimits;  // recursion/frontier.h
struct JobLayout;       // recursion/job_stacks.h
class JobStacks;        // recursion/job_stacks.h
class PythonForm;       // python_form.h
class TaskGroups;       // task_groups.h
class WorkerObserver;   // recursion/worker_observer.h

/// Fork-join recursion: a task forks tasks, waits for them and joins their results. One result slot: the
/// root's.
///
/// This is what backends and the harness see, without the types of nodes; authors derive from RecursiveOf
/// (recursive_of.h).
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
  /// `JobStacks::workers()` of its own. Worker 0 must come: it solves the root. The others may come at any
  /// time, or not at all. Returns when the root is solved. On worker 0 it throws what a node threw; if that
  /// was in another process, an exception of the same kind (see failure.h) with the same text. In the process
  /// that watches it throws WorkerLost. Otherwise it throws nothing.
  virtual void work(JobStacks& stacks, unsigned worker, Results results) const = 0;

  /// Cuts the recursion into subtrees, for workers that have no job stacks in common. The same in every
  /// process, and in every execution.
  virtual std::unique_ptr<Frontier> frontier(FrontierLimits limits) const = 0;

  /// The same recursion in Python; null where there is no such form.
  virtual const PythonForm* python() const { return nullptr; }

  /// From now on `observer`, if it is not null, is told of workers. It must outlive the executions.
  void observe(WorkerObserver* observer) { observer_ = observer; }

 protected:
  WorkerObserver* observer() const { return observer_; }

 private:
  WorkerObserver* observer_ = nullptr;
};

}  // namespace runoff
