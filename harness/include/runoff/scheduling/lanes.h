#pragma once

#include <chrono>
#include <climits>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <span>
#include <utility>

#include "runoff/scheduling/atomic.h"
#include "runoff/scheduling/cache_line.h"
#include "runoff/scheduling/futex.h"
#include "runoff/scheduling/spin.h"

namespace runoff {

/// A graph of tasks in steps, as `Lanes` run it. A task is a point of a step and depends on points of the
/// step before: `dependencies` gives intervals with `first` and `last`, both included. `run` may be called by
/// many workers at once, and may throw.
template <class Graph>
concept SteppedGraph = requires(const Graph& graph, std::size_t step, std::size_t point) {
  { graph.steps() } -> std::convertible_to<std::size_t>;
  { graph.width(step) } -> std::convertible_to<std::size_t>;
  requires requires(std::ranges::range_reference_t<decltype(graph.dependencies(step, point))> interval) {
    { interval.first } -> std::convertible_to<std::size_t>;
    { interval.last } -> std::convertible_to<std::size_t>;
  };
  graph.run(step, point);
};

/// What the workers on a graph share: one block for each lane, and one for all. Zeros are a valid start and
/// there is no pointer in it, so that it works in memory that processes map at different addresses.
struct LaneBlock {
  /// Steps finished. Release when written, acquire when read: the results of those steps go with it.
  alignas(cache_line) Atomic<std::uint32_t> done;
  /// 1 while a worker runs the lane. Acquire when taken, release when let go: `next` goes with it.
  Atomic<std::uint32_t> held;
  /// Points of the next step that are run already.
  std::size_t next;
};
struct LanesBlock {
  // Written rarely. Relaxed: none of the four hands results over, `done` does; where their order to it
  // matters
  // (`sleepers`), the operation says so.
  alignas(cache_line) Atomic<std::uint32_t> rings;  ///< the futex of workers that sleep
  Atomic<std::uint32_t> active;                     ///< workers in `run` that do not sleep
  Atomic<std::uint32_t> sleepers;
  Atomic<std::uint32_t> failed;
};

/// Runs a graph of dependent tasks on any number of workers, from point to point: no barrier between steps.
///
/// Each step's points are cut into as many lanes as there are workers. The worker that holds a lane runs it
/// from step to step, as long as the lanes that it depends on have come far enough. When it would have to
/// wait for a lane that no worker holds, it leaves its own lane and runs that one. So a single worker gets
/// through the whole graph, and a late, slow or preempted worker delays no other that could do its part. The
/// lane that is furthest behind can always run: there is no deadlock.
template <SteppedGraph Graph>
class Lanes {
 public:
  /// As many lanes as there are blocks. Each process has an object of its own over the same blocks.
  Lanes(Graph graph, LanesBlock& block, std::span<LaneBlock> lanes, Scope scope)
      : graph_(std::move(graph)),
        steps_(static_cast<std::uint32_t>(graph_.steps())),
        lanes_(lanes),
        pulse_(block),
        bell_(pulse_.rings, scope),
        cores_(allowed_cores()) {}

  /// Workers of this process call `look` now and then while they wait. It may throw.
  void watch(std::function<void()> look) { watch_ = std::move(look); }

  /// Before each execution, while no worker runs.
  void reset() {
    // Relaxed: what lets the workers in publishes it.
    for (LaneBlock& lane : lanes_) {
      lane.done.store(0, std::memory_order_relaxed);
      lane.held.store(0, std::memory_order_relaxed);
      lane.next = 0;
    }
    pulse_.active.store(0, std::memory_order_relaxed);
    pulse_.sleepers.store(0, std::memory_order_relaxed);
    pulse_.failed.store(0, std::memory_order_relaxed);
  }

  /// Helps until no lane is left that this worker could run; begins with lane `home`. What a task throws,
  /// this throws, and the other workers stop.
  void run(std::size_t home) {
    pulse_.active.fetch_add(1, std::memory_order_relaxed);
    try {
      while (!failed()) {
        const auto lane = hold_any(home);
        if (!lane) break;  // every lane is finished or held
        follow(*lane);
      }
    } catch (...) {
      fail();
      pulse_.active.fetch_sub(1, std::memory_order_relaxed);
      throw;
    }
    pulse_.active.fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  struct Points {
    std::size_t first, last;
  };
  /// What a lane waits for.
  struct Need {
    std::size_t lane;
    std::uint32_t steps;
  };

  static constexpr std::chrono::microseconds spin_time{20};
  static constexpr std::chrono::milliseconds sleep_time{20};

  Points points(std::size_t lane, std::size_t width) const {
    return {lane * width / lanes_.size(), (lane + 1) * width / lanes_.size()};
  }
  std::size_t lane_of(std::size_t point, std::size_t width) const {
    return ((point + 1) * lanes_.size() - 1) / width;
  }

  bool failed() const { return pulse_.failed.load(std::memory_order_relaxed) != 0; }
  bool finished(std::size_t lane) const {
    return lanes_[lane].done.load(std::memory_order_relaxed) == steps_;
  }
  bool met(Need need) const { return lanes_[need.lane].done.load(std::memory_order_acquire) >= need.steps; }
  bool held(std::size_t lane) const { return lanes_[lane].held.load(std::memory_order_relaxed) != 0; }

  bool hold(std::size_t lane) {
    return !held(lane) && lanes_[lane].held.exchange(1, std::memory_order_acquire) == 0;
  }
  void let_go(std::size_t lane) { lanes_[lane].held.store(0, std::memory_order_release); }

  /// Takes hold of a lane that is not finished, `home` first.
  std::optional<std::size_t> hold_any(std::size_t home) {
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      const std::size_t lane = (home + i) % lanes_.size();
      if (!finished(lane) && hold(lane)) return lane;
    }
    return std::nullopt;
  }

  /// Runs a lane that is held, and those that it waits for, until one is finished or there is nothing to do
  /// but sleep.
  void follow(std::size_t lane) {
    while (const auto need = advance(lane)) {
      if (failed()) return;
      if (hold(need->lane)) {
        let_go(lane);
        lane = need->lane;
        continue;
      }
      // The holder of that lane is at work, unless it has lost its core to a worker that spins.
      const bool crowded = pulse_.active.load(std::memory_order_relaxed) > cores_;
      if (!crowded && spin(spin_time, 1, [&] { return met(*need) || failed(); })) continue;
      let_go(lane);
      sleep(*need);
      return;
    }
    let_go(lane);
  }

  /// Runs the lane's tasks in order. What it waits for, or nothing when it is finished.
  std::optional<Need> advance(std::size_t lane) {
    LaneBlock& here = lanes_[lane];
    // Relaxed: the worker that holds the lane got its last value with `held`.
    std::uint32_t step = here.done.load(std::memory_order_relaxed);
    std::size_t width_before = step == 0 ? 0 : graph_.width(step - 1);
    for (; step < steps_; ++step) {
      const std::size_t width = graph_.width(step);
      const Points mine = points(lane, width);
      const Points mine_before = points(lane, width_before);
      for (std::size_t point = mine.first + here.next; point < mine.last; ++point) {
        if (const auto need = unmet(step, point, mine_before, width_before)) {
          here.next = point - mine.first;
          return need;
        }
        graph_.run(step, point);
      }
      here.next = 0;
      width_before = width;
      publish(here, step + 1);
      if (failed()) return Need{lane, steps_};
    }
    return std::nullopt;
  }

  std::optional<Need> unmet(std::uint32_t step, std::size_t point, Points mine, std::size_t width) const {
    for (const auto& interval : graph_.dependencies(step, point)) {
      if (interval.first >= mine.first && interval.last < mine.last) continue;
      const std::size_t last = lane_of(interval.last, width);
      for (std::size_t lane = lane_of(interval.first, width); lane <= last; ++lane)
        if (!met({lane, step})) return Need{lane, step};
    }
    return std::nullopt;
  }

  void publish(LaneBlock& lane, std::uint32_t steps) {
    // Sequentially consistent, like the two operations of `sleep`: either the sleeper sees the step, or this
    // sees the sleeper.
    lane.done.store(steps, std::memory_order_seq_cst);
    if (pulse_.sleepers.load(std::memory_order_seq_cst) == 0) return;
    const std::uint32_t active = pulse_.active.load(std::memory_order_relaxed);
    if (active < cores_) ring(static_cast<int>(cores_ - active));
  }

  void sleep(Need need) {
    pulse_.active.fetch_sub(1, std::memory_order_relaxed);
    pulse_.sleepers.fetch_add(1, std::memory_order_seq_cst);
    // Relaxed: the kernel compares it once more, so a bell that rings from here on is heard.
    const std::uint32_t rings = pulse_.rings.load(std::memory_order_relaxed);
    const bool wait =
        lanes_[need.lane].done.load(std::memory_order_seq_cst) < need.steps && held(need.lane) && !failed();
    // With a limit: a worker that lets go of that lane at this moment rings no bell, and one may have died in
    // it.
    const bool woken = !wait || bell_.wait(rings, 1, sleep_time);
    pulse_.sleepers.fetch_sub(1, std::memory_order_relaxed);
    pulse_.active.fetch_add(1, std::memory_order_relaxed);
    if (!woken && watch_) watch_();
  }

  void fail() {
    // Relaxed: seen late, it costs the work of some more points; what was thrown goes another way.
    pulse_.failed.store(1, std::memory_order_relaxed);
    ring(INT_MAX);
  }

  void ring(int most) {
    // Release: before the number the worker that is woken finds what it was rung for.
    pulse_.rings.fetch_add(1, std::memory_order_release);
    bell_.wake(most, 1);
  }

  Graph graph_;
  std::uint32_t steps_;
  std::span<LaneBlock> lanes_;
  LanesBlock& pulse_;
  Futex bell_;
  std::uint32_t cores_;
  std::function<void()> watch_;
};

}  // namespace runoff
