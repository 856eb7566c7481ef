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
#include "runoff/recursion/worker_observer.h"
#include "runoff/recursive.h"
#include "runoff/task_groups.h"

namespace runoff {

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

  // The author's `solve` hides these on purpose, of which newer GCCs warn.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverloaded-virtual"
  void solve(Results results) const final {
    if (observer() != nullptr) observer()->worker_ran();
    results.at<Result>(0) = SerialFork<Work, Node, Result>::solve(self(), self().root());
  }

  void solve(TaskGroups& groups, Results results) const final {
    GroupRun<Work, Node, Result> run(self(), groups, observer());
    results.at<Result>(0) = run.lead();
  }
#pragma GCC diagnostic pop

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
