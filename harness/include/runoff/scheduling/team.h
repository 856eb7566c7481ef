#pragma once

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstddef>
#include <cstdint>

#include "runoff/scheduling/atomic.h"
#include "runoff/scheduling/cache_line.h"
#include "runoff/scheduling/chunks.h"
#include "runoff/scheduling/futex.h"
#include "runoff/scheduling/range.h"
#include "runoff/scheduling/spin.h"

namespace runoff {

/// What the members of a team share. Zeros are a valid start and there is no pointer in it, so that it works
/// in memory that processes map at different addresses as well as between threads.
struct TeamBlock {
  /// All that members agree on, in one word (see Team); also the futex that they sleep on.
  alignas(cache_line) Atomic<std::uint32_t> state;
  /// Tasks of the execution. Written by the caller while no worker is in.
  std::size_t tasks;
  /// About how long a task takes, in ns and at least 1; 0: none has been measured yet.
  alignas(cache_line) Atomic<std::uint64_t> task_ns;
  /// On a line of its own: idle members ask for `state` while busy ones take chunks.
  ChunkCounter chunks;
};

/// A pool of workers that share parallel loops: one caller, which leads and is a worker too, and `workers -
/// 1` more threads or processes, which serve.
///
/// A worker but the caller is at any time in one of three states, and the word counts the first two:
///   joined  it is in the execution; the caller may not return before it has left
///   awake   it is idle and asks for work, for a short while
///   asleep  it is (or is about to be) asleep in the kernel, or has not even started yet
/// and the word has four flags: the execution is `opened` to joiners, the caller is `waiting` in the kernel,
/// a member is `waking` sleepers, the team has `ended`.
///
/// The caller waits for the workers that joined, not for all: an execution that is done before a sleeper
/// wakes up does not wait for it. Since every step is one exchange of that one word, no order between
/// different words matters: a worker falls asleep either before the execution opens, and is counted, or not
/// at all.
///
/// Sleepers are woken only for work that is worth it. Waking costs microseconds, so the members measure how
/// long tasks take whenever one of them sleeps. A worker that is woken wakes others in turn, which is faster
/// than waking all from one thread.
class Team {
 public:
  static constexpr unsigned most_workers = (1u << 14) - 1;

  struct NoWatch {
    void operator()() const {}
  };

  Team(TeamBlock& block, unsigned workers, Scope scope)
      : block_(block), futex_(block.state, scope), workers_(workers) {
    const unsigned cores = allowed_cores();
    spinners_ = std::min(workers, cores) - 1;
    wakes_ = static_cast<int>(std::clamp(cores - 1, 1u, 3u));
  }

  /// Runs `run(Range)` for the tasks, with all workers that come in time, and returns when each has run. When
  /// `run` throws, `failure.keep()` keeps the exception, the other tasks are not handed out, and
  /// `failure.rethrow()` is called at the end. `watch()` is called now and then while the caller waits for
  /// workers, and may throw.
  template <class Run, class Failure, class Watch = NoWatch>
  void lead(std::size_t tasks, Run& run, Failure& failure, Watch watch = {},
            std::chrono::nanoseconds watch_every = Futex::forever) {
    if (tasks == 0) return;
    // Relaxed: no worker is in. The exchange that opens the execution publishes both.
    block_.chunks.reset();
    block_.tasks = tasks;
    ++executions_;
    work(open(tasks), run, failure);
    close(watch, watch_every);
    failure.rethrow();
  }

  /// Works in every execution until the team ends. For each worker but the caller.
  template <class Run, class Failure>
  void serve(Run& run, Failure& failure) {
    bool awake = false;
    for (;;) {
      const Look look = join(awake);
      if (look.ended) return;
      work(look, run, failure);
      awake = leave();
    }
  }

  /// Lets every worker return from `serve`. Not while an execution runs.
  void end() {
    // Relaxed: it hands over no data. All are woken: a worker that is only about to sleep compares the word
    // first, and stays awake.
    block_.state.fetch_or(ended, std::memory_order_relaxed);
    futex_.wake(INT_MAX, sleepers);
  }

 private:
  using Clock = std::chrono::steady_clock;

  // The word.
  static constexpr std::uint32_t one_joined = 1;
  static constexpr std::uint32_t one_awake = 1u << 14;
  static constexpr std::uint32_t waking = 1u << 28;
  static constexpr std::uint32_t waiting = 1u << 29;
  static constexpr std::uint32_t ended = 1u << 30;
  static constexpr std::uint32_t opened = 1u << 31;
  static std::uint32_t joined(std::uint32_t state) { return state & most_workers; }
  static std::uint32_t awake(std::uint32_t state) { return state / one_awake & most_workers; }
  std::uint32_t asleep(std::uint32_t state) const { return workers_ - 1 - joined(state) - awake(state); }

  // The futex's channels.
  static constexpr std::uint32_t sleepers = 1;
  static constexpr std::uint32_t caller = 2;

  // How long a worker asks before it sleeps. Longer than waking takes, so that it does not happen twice in a
  // loop of short executions.
  static constexpr std::chrono::nanoseconds spin_time = std::chrono::microseconds(50);
  // Idle workers ask about every 0.3 µs: rarely enough to leave the caller its cache line in an execution
  // that is over before they could help.
  static constexpr unsigned idle_spacing = 8;
  static constexpr unsigned caller_spacing = 1;
  // Nanoseconds. Less work than this is done before a sleeper, which takes a few µs to wake, could help.
  static constexpr std::uint64_t worth_waking = 10'000;
  // Tasks so long that waking every worker of a large team at once costs nothing beside one of them.
  static constexpr std::uint64_t worth_waking_all = 1'000'000;
  // The same for another chunk: the counter's cache line takes a part of that to go from core to core.
  static constexpr std::uint64_t worth_handing_out = 500;
  // Executions; measuring costs a tenth of a µs.
  static constexpr unsigned measure_every = 32;

  /// What a member saw when it came in.
  struct Look {
    bool ended = false;
    bool watch = false;       // others sleep and may be needed, or it is time to measure the tasks again
    bool wake_first = false;  // it set `waking` and owes the wake-up
  };

  Look open(std::size_t tasks) {
    std::uint32_t state = block_.state.load(std::memory_order_relaxed);
    Look look;
    std::uint32_t next;
    do {
      const bool others_sleep = asleep(state) > 0;
      look.watch = others_sleep || executions_ % measure_every == 0;
      // A worker that is awake comes by itself, and wakes others where that is worth it.
      look.wake_first = others_sleep && awake(state) == 0 && (state & waking) == 0 && worth(tasks - 1);
      next = state | opened | (look.wake_first ? waking : 0);
      // Release: a worker that joins sees the tasks and the counter.
    } while (!block_.state.compare_exchange_weak(state, next, std::memory_order_release,
                                                 std::memory_order_relaxed));
    return look;
  }

  /// Waits for an execution and joins it, or sees the end.
  Look join(bool is_awake) {
    for (;;) {
      if (is_awake) {
        Look look;
        if (spin(spin_time, idle_spacing, [&] { return try_join(one_awake, look); })) return look;
        if (!stop_asking()) continue;  // something happened at the last moment
        is_awake = false;
      }
      bool woken = false;
      while (!is_awake) {
        Look look;
        if (try_join(0, look)) return look;
        std::uint32_t state = block_.state.load(std::memory_order_relaxed);
        if ((state & (opened | ended)) != 0) continue;
        if (!woken) {
          // Sleeps with a limit. Short tasks wake no worker. But tasks may wait for each other, though the
          // team promises them nothing: so all workers come in the end. 100 looks a second for the whole
          // team.
          woken = futex_.wait(state, sleepers, workers_ * std::chrono::milliseconds(10));
          continue;
        }
        // Woken for an execution that is over. The worker that was woken lowers the flag: as long as it is
        // up, no member wakes another.
        const bool ask = may_spin(state);
        const std::uint32_t next = (state & ~waking) + (ask ? one_awake : 0);
        if (!block_.state.compare_exchange_strong(state, next, std::memory_order_relaxed)) continue;
        is_awake = ask;
        woken = false;
      }
    }
  }

  /// Whether there is a core for one more worker that spins, beside the caller and the workers that joined.
  bool may_spin(std::uint32_t state) const { return joined(state) + awake(state) < spinners_; }

  /// Goes from awake (`from` is one_awake) or asleep (0) to joined. True when it did or the team has ended.
  bool try_join(std::uint32_t from, Look& look) {
    std::uint32_t state = block_.state.load(std::memory_order_relaxed);
    while ((state & (opened | ended)) != 0) {
      if ((state & ended) != 0) {
        look.ended = true;
        return true;
      }
      std::uint32_t next = state - from + one_joined;
      if (from == 0) next &= ~waking;
      look.watch = asleep(next) > 0;
      // Acquire: the tasks and the counter that the caller published.
      if (block_.state.compare_exchange_weak(state, next, std::memory_order_acquire,
                                             std::memory_order_relaxed))
        return true;
    }
    return false;
  }

  /// From awake to asleep, unless there is something to do. Relaxed: to sleep, no data is needed.
  bool stop_asking() {
    std::uint32_t state = block_.state.load(std::memory_order_relaxed);
    while ((state & (opened | ended)) == 0)
      if (block_.state.compare_exchange_weak(state, state - one_awake, std::memory_order_relaxed))
        return true;
    return false;
  }

  /// Takes chunks until none is left.
  template <class Run, class Failure>
  void work(Look look, Run& run, Failure& failure) {
    const std::size_t tasks = block_.tasks;
    try {
      if (look.watch) return work_and_watch(tasks, look.wake_first, run);
      const std::size_t least = least_chunk(tasks);
      for (Range chunk; !(chunk = block_.chunks.take(tasks, workers_, least)).empty();) run(chunk);
    } catch (...) {
      failure.keep();
      block_.chunks.stop(tasks);
    }
  }

  /// The same, but measures the tasks, and wakes sleepers as soon as the rest is worth it.
  template <class Run>
  void work_and_watch(std::size_t tasks, bool wake_first, Run& run) {
    if (wake_first) wake();
    bool woken = wake_first;
    std::size_t done = 0;
    const auto began = Clock::now();
    // Short tasks may have become long ones: begin with a single one.
    Range chunk = block_.chunks.take(tasks, worth(tasks) ? workers_ : tasks);
    for (; !chunk.empty(); chunk = block_.chunks.take(tasks, workers_, least_chunk(tasks))) {
      if (!woken && worth(tasks - chunk.last)) {
        if (claim_waking()) wake();
        woken = true;
      }
      run(chunk);
      done += chunk.size();
      remember(Clock::now() - began, done);
    }
  }

  /// Long durations are believed at once, shorter ones step by step. A value that says nothing new is not
  /// written: every member reads that cache line.
  void remember(Clock::duration elapsed, std::size_t tasks) {
    const auto measured = static_cast<std::uint64_t>(std::chrono::nanoseconds(elapsed).count()) / tasks + 1;
    // Relaxed, and two members may overwrite each other's values: a guess needs no order.
    const std::uint64_t before = block_.task_ns.load(std::memory_order_relaxed);
    if (measured > before || measured < before / 2)
      block_.task_ns.store(std::max(measured, before / 2), std::memory_order_relaxed);
  }

  /// Whether this many tasks are worth waking a sleeper. Yes where none has been measured yet.
  bool worth(std::size_t tasks) const {
    const std::uint64_t task_ns = block_.task_ns.load(std::memory_order_relaxed);
    return tasks > 0 && (task_ns == 0 || task_ns > worth_waking / tasks);
  }

  /// The smallest chunk that is worth handing out, but no more than each worker's share: as many tasks as
  /// workers are always one for each.
  std::size_t least_chunk(std::size_t tasks) const {
    const std::uint64_t task_ns = block_.task_ns.load(std::memory_order_relaxed);
    const std::size_t least = task_ns == 0 ? 1 : worth_handing_out / task_ns;
    return std::max<std::size_t>(1, std::min(least, tasks / workers_));
  }

  /// True for the member that is to call `wake`. Relaxed: the flag guards no data.
  bool claim_waking() {
    std::uint32_t state = block_.state.load(std::memory_order_relaxed);
    while ((state & opened) != 0 && (state & waking) == 0 && asleep(state) > 0)
      if (block_.state.compare_exchange_weak(state, state | waking, std::memory_order_relaxed)) return true;
    return false;
  }

  void wake() {
    const bool all = block_.task_ns.load(std::memory_order_relaxed) >= worth_waking_all;
    if (futex_.wake(all ? INT_MAX : wakes_, sleepers) > 0) return;
    // All sleepers were only on their way to sleep. The word has changed under them, so they look again by
    // themselves. Relaxed: the flag guards no data.
    block_.state.fetch_and(~waking, std::memory_order_relaxed);
  }

  /// From joined to awake, or asleep where enough are awake. No task is left, so the execution is closed to
  /// others. True when awake.
  bool leave() {
    std::uint32_t state = block_.state.load(std::memory_order_relaxed);
    std::uint32_t next;
    bool ask;
    do {
      next = (state - one_joined) & ~opened;
      ask = may_spin(next);
      if (ask) next += one_awake;
      if (joined(next) == 0) next &= ~waiting;
      // Release: the caller sees the results. It sees those of workers that left before, too, as each
      // exchange continues the release sequence of the one before.
    } while (!block_.state.compare_exchange_weak(state, next, std::memory_order_release,
                                                 std::memory_order_relaxed));
    if ((state & waiting) != 0 && (next & waiting) == 0) futex_.wake(1, caller);
    return ask;
  }

  /// Closes the execution to joiners and waits until all that joined have left.
  template <class Watch>
  void close(Watch& watch, std::chrono::nanoseconds watch_every) {
    // Acquire, here and below: sees the results of the workers that have left.
    std::uint32_t state = block_.state.fetch_and(~opened, std::memory_order_acquire);
    const auto all_left = [&] {
      state = block_.state.load(std::memory_order_acquire);
      return joined(state) == 0;
    };
    if (joined(state) == 0) return;
    // Where there are fewer cores than workers in the execution, a caller that spins keeps one from its work.
    if (joined(state) <= spinners_ && spin(spin_time, caller_spacing, all_left)) return;
    while (!all_left()) {
      // The last worker to leave lowers the flag. Relaxed: `all_left` acquires.
      if (!block_.state.compare_exchange_strong(state, state | waiting, std::memory_order_relaxed)) continue;
      if (!futex_.wait(state | waiting, caller, watch_every)) watch();
    }
  }

  TeamBlock& block_;
  Futex futex_;
  unsigned workers_;
  unsigned executions_ = 0;  // counted by the caller
  unsigned spinners_;
  int wakes_;
};

}  // namespace runoff
