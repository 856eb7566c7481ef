#pragma once

#include <sched.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>

#include "runoff/recursion/job_stacks.h"
#include "runoff/recursion/serial_fork.h"
#include "runoff/recursion/worker_observer.h"
#include "runoff/scheduling/atomic.h"
#include "runoff/scheduling/futex.h"
#include "runoff/scheduling/spin.h"

namespace runoff {

/// One place of a job stack. `state` and `result` are only used once the job has been shown.
template <class Node, class Result>
struct Job {
  /// Which worker has it: none yet (`waiting`), the thief with a given number (`held_by`), or none any more
  /// (`finished`, `failed`). A thief's number may carry `owner_naps`.
  enum State : std::uint32_t { waiting = 0, owner_naps = 1u << 31, finished = 1u << 30, failed };

  Atomic<std::uint32_t> state;
  Node node;
  Result result;

  static std::uint32_t held_by(unsigned thief) { return thief + 1; }
  static bool is_over(std::uint32_t state) { return (state & finished) != 0; }
};

/// Waits in steps: first it spins for a few microseconds, then it lets other threads run, then it says that
/// it is time to sleep.
class Patience {
 public:
  /// One step. True when the caller should sleep.
  bool spent() {
    if (round_ < spins) {
      for (unsigned i = 0; i < std::min(1u << round_, 64u); ++i) pause();
    } else if (round_ < spins + yields) {
      ::sched_yield();
    } else {
      return true;
    }
    ++round_;
    return false;
  }
  void renew() { round_ = 0; }

 private:
  static constexpr unsigned spins = 30;
  static constexpr unsigned yields = 30;
  unsigned round_ = 0;
};

/// One worker of one execution: owns a job stack and steals from the others'. `Work` is the author's class.
template <class Work, class Node, class Result>
class JobWorker {
 public:
  using Place = Job<Node, Result>;
  class Fork;

  JobWorker(const Work& work, JobStacks& stacks, unsigned self, WorkerObserver* observer)
      : work_(work),
        stacks_(stacks),
        window_(stacks.window(self)),
        first_(places(self)),
        private_(first_),
        end_(first_ + stacks.capacity()),
        self_(self),
        observer_(observer),
        at_work_(observer != nullptr && observer->wants_rests() ? observer : nullptr),
        random_(self * 2654435761u + 1) {}

  /// Solves one node with the jobs that it forks above `place`. Not inlined: a node is a call, as in plain
  /// recursion, though the compiler may make a node's last one a jump, as there.
  [[gnu::noinline]] static Result solve(JobWorker& worker, Node node, Place* place) {
    Fork fork(worker, place);
    return worker.work_.solve(node, fork);
  }

  /// By worker 0: solves the root and ends the execution. Throws what made it fail.
  Result lead() {
    if (observer_ != nullptr) observer_->worker_ran();
    const AtWork at_work(at_work_);
    try {
      const Result result = solve(*this, work_.root(), first_);
      stacks_.finish();
      return result;
    } catch (const Cancelled&) {
      // The job that failed has kept its exception.
    } catch (...) {
      stacks_.fail();
    }
    stacks_.finish();
    stacks_.rethrow();
  }

  /// By every other worker: steals until the execution ends. Throws WorkerLost in the process that can tell.
  void help() {
    Patience patience;
    bool ran = false;
    while (!stacks_.finished() && !stacks_.lost()) {
      if (Place* const job = steal()) {
        if (!ran && observer_ != nullptr) observer_->worker_ran();
        ran = true;
        run_stolen(job, first_);
        patience.renew();
      } else if (patience.spent()) {
        stacks_.look();
        stacks_.nap(std::chrono::milliseconds(1));
      }
    }
    if (stacks_.lost()) stacks_.rethrow_lost();
  }

 private:
  /// Tells who wants to know that this worker works, and in the end that it rests; or, turned round, that it
  /// rests and then goes on.
  class AtWork {
   public:
    explicit AtWork(WorkerObserver* told, bool rests = false) : told_(told), rests_(rests) { tell(!rests_); }
    AtWork(const AtWork&) = delete;
    AtWork& operator=(const AtWork&) = delete;
    ~AtWork() { tell(rests_); }

   private:
    void tell(bool works) const {
      if (told_ != nullptr) works ? told_->works() : told_->rests();
    }
    WorkerObserver* const told_;
    const bool rests_;
  };

  Place* places(unsigned worker) { return reinterpret_cast<Place*>(stacks_.jobs(worker)); }
  JobWindow::Index index(const Place* place) const { return static_cast<JobWindow::Index>(place - first_); }

  /// Are there places for so many jobs from `place` up? By bytes: a division would cost.
  bool has_room(const Place* place, std::size_t jobs) const {
    return static_cast<std::size_t>(reinterpret_cast<const char*>(end_) -
                                    reinterpret_cast<const char*>(place)) >= jobs * sizeof(Place);
  }

  /// Shows all jobs below `end`.
  [[gnu::noinline]] void show(Place* end) {
    if (stacks_.cancelled()) throw Cancelled{};
    if (private_ == end) return;
    for (Place* job = private_; job != end; ++job)
      job->state.store(Place::waiting, std::memory_order_relaxed);
    window_.show(index(end));
    private_ = end;
    stacks_.announce();
  }

  /// The result of the worker's youngest job: its own doing if no thief has it.
  [[gnu::always_inline]] Result join(Place* job) {
    if (job >= private_) [[likely]]
      return solve(*this, job->node, job);
    return join_shown(job);
  }

  [[gnu::noinline]] Result join_shown(Place* job) {
    if (window_.take_back(index(job))) {
      private_ = job;
      return solve(*this, job->node, job);
    }
    wait(job);
    if (job->state.load(std::memory_order_relaxed) == Place::failed) throw Cancelled{};
    return job->result;
  }

  /// Gives up the jobs from `first` to `end` while an exception passes. Waits for their thieves, which use
  /// the places.
  [[gnu::noinline]] void give_up(Place* first, Place* end) noexcept {
    while (end != first) {
      if (--end >= private_) continue;
      try {
        if (window_.take_back(index(end)))
          private_ = end;
        else
          wait(end);
      } catch (const Cancelled&) {
        return;  // a worker was lost: its jobs will never be finished
      }
    }
  }

  /// Until the thief of `job` has finished it, runs other jobs. Then the place is free again.
  void wait(Place* job) {
    const AtWork rests(at_work_, true);
    Patience patience;
    // Acquire: the thief's result, and all that it wrote.
    for (std::uint32_t state; !Place::is_over(state = job->state.load(std::memory_order_acquire));) {
      if (stacks_.lost()) throw Cancelled{};
      if (Place* const other = steal_while_waiting(state)) {
        run_stolen(other, job + 1);
        patience.renew();
        continue;
      }
      if (!patience.spent()) continue;
      stacks_.look();
      nap(*job, state);
    }
    window_.forget(index(job));
    private_ = job;
  }

  /// Sleeps until the thief is finished, for a short time only: there may be something to steal meanwhile.
  void nap(Place& job, std::uint32_t state) {
    if (state == Place::waiting) return;  // the thief has not signed yet: its number would overwrite the mark
    const std::uint32_t marked = state | Place::owner_naps;
    if (state == marked || job.state.compare_exchange_strong(state, marked, std::memory_order_relaxed))
      Futex(job.state, Scope::processes).wait(marked, owner, std::chrono::microseconds(200));
  }

  /// Helping nests frames. The jobs of the thief of our own job are parts of that job, so they nest no deeper
  /// than the recursion itself. Jobs of other workers are only taken while there is plenty of stack.
  Place* steal_while_waiting(std::uint32_t state) {
    if (state != Place::waiting) {
      const unsigned thief = (state & ~Place::owner_naps) - 1;
      if (Place* const job = steal_from(thief)) return job;
    }
    return entry_ - stack_pointer() < most_nested ? steal() : nullptr;
  }

  Place* steal_from(unsigned victim) {
    JobWindow::Index job = 0;
    return stacks_.window(victim).steal(job) ? places(victim) + job : nullptr;
  }

  Place* steal() {
    const unsigned workers = stacks_.workers();
    random_ = random_ * 1664525 + 1013904223;  // Numerical Recipes' generator; its high bits are good enough
    const unsigned first = static_cast<unsigned>(std::uint64_t{random_} * workers >> 32);
    for (unsigned i = 0; i < workers; ++i) {
      const unsigned victim = first + i < workers ? first + i : first + i - workers;
      if (victim == self_) continue;
      if (Place* const job = steal_from(victim)) return job;
    }
    return nullptr;
  }

  void run_stolen(Place* job, Place* place) {
    job->state.store(Place::held_by(self_), std::memory_order_relaxed);
    std::uint32_t end = Place::failed;
    if (!stacks_.cancelled()) {
      const AtWork at_work(at_work_);
      try {
        std::construct_at(&job->result, solve(*this, job->node, place));
        end = Place::finished;
      } catch (const Cancelled&) {
        // Another job failed.
      } catch (...) {
        stacks_.fail();
      }
    }
    // Release: see `wait`. Afterwards the place is its owner's again. To wake the owner once too often does
    // no harm.
    if (job->state.exchange(end, std::memory_order_release) & Place::owner_naps)
      Futex(job->state, Scope::processes).wake(1, owner);
  }

  [[gnu::always_inline]] static const char* stack_pointer() {
    return static_cast<const char*>(__builtin_frame_address(0));
  }

  static constexpr std::uint32_t owner = 1;  // the only channel of a job's futex
  static constexpr std::ptrdiff_t most_nested = std::ptrdiff_t{1} << 20;

  const Work& work_;
  JobStacks& stacks_;
  JobWindow& window_;
  Place* const first_;
  Place* private_;  // no job from here up is shown
  Place* const end_;
  const unsigned self_;
  WorkerObserver* const observer_;
  WorkerObserver* const at_work_;  // null: it does not want to know
  std::uint32_t random_;
  const char* const entry_ = stack_pointer();
};

/// What `solve` forks with: the place in the worker's stack above which this node's jobs go.
template <class Work, class Node, class Result>
class JobWorker<Work, Node, Result>::Fork {
 public:
  static constexpr bool parallel = true;

  Fork(JobWorker& worker, Place* place) : worker_(worker), place_(place) {}

  template <class... Nodes>
  [[gnu::always_inline]] std::array<Result, sizeof...(Nodes)> operator()(const Nodes&... nodes) {
    constexpr std::size_t count = sizeof...(Nodes);
    if (worker_.has_room(place_, count - 1)) [[likely]] {
      const std::array<Node, count> all{static_cast<Node>(nodes)...};
      std::array<Result, count> results;
      fork(worker_, place_, all.data(), count, results.data());
      return results;
    }
    return crowded(worker_, place_, static_cast<Node>(nodes)...);
  }

  void many(std::span<const Node> nodes, std::span<Result> results) { many(worker_, place_, nodes, results); }

  /// By plain recursion, without forking.
  Result serially(const Node& node) { return SerialFork<Work, Node, Result>::solve(worker_.work_, node); }

 private:
  // Static functions, so that a fork in a frame need not have an address: it stays in registers.

  template <class... Nodes>
  [[gnu::noinline]] static std::array<Result, sizeof...(Nodes)> crowded(JobWorker& worker, Place* place,
                                                                        Nodes... nodes) {
    const std::array<Node, sizeof...(Nodes)> all{nodes...};
    std::array<Result, sizeof...(Nodes)> results;
    many(worker, place, all, results);
    return results;
  }

  /// A node that finds no room in the stack is solved here and now.
  static void many(JobWorker& worker, Place* place, std::span<const Node> nodes, std::span<Result> results) {
    if (nodes.empty()) return;
    std::size_t here = 0;
    for (; !worker.has_room(place, nodes.size() - here - 1); ++here)
      results[here] = solve(worker, nodes[here], place);
    fork(worker, place, &nodes[here], nodes.size() - here, &results[here]);
  }

  /// Puts all nodes but the first into the stack, the last one first: thieves take from that end, and the
  /// worker goes on from the other.
  [[gnu::always_inline]] static void fork(JobWorker& worker, Place* place, const Node* nodes,
                                          std::size_t count, Result* results) {
    Place* top = place;
    for (std::size_t i = count; --i > 0; ++top) std::construct_at(&top->node, nodes[i]);
    if (worker.window_.lacking()) [[unlikely]]
      worker.show(top);
    try {
      results[0] = solve(worker, nodes[0], top);
      for (std::size_t i = 1; i + 1 < count; ++i) results[i] = worker.join(--top);
    } catch (...) {
      worker.give_up(place, top);
      throw;
    }
    // Below the last one nothing is left to give up. Outside of the `try` it can be a jump: a third less time
    // for a call of fib.
    if (count > 1) results[count - 1] = worker.join(place);
  }

  JobWorker& worker_;
  Place* const place_;
};

}  // namespace runoff
