#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cell/elsewhere.h"
#include "cell/standing.h"
#include "runoff/backend.h"
#include "runoff/memory.h"
#include "runoff/workload.h"

namespace runoff::cell {

/// Spreads numbers over all others.
inline std::uint64_t scattered(std::uint64_t number) {
  number *= 0x9E3779B97F4A7C15;
  return (number ^ number >> 32) * 0xD6E8FEB86659FD93;
}

/// A mark of tasks [first, last) of a loop. The marks of ranges that make up [0, n), in whatever order, add
/// up to the mark of [0, n): where two ranges touch, their common end cancels. The marks of other ranges as
/// good as never do.
inline std::uint64_t mark_of(Range tasks) { return scattered(tasks.last) - scattered(tasks.first); }

/// A mark of one task of a graph. Those of all tasks add up to that of the graph, others as good as never do.
inline std::uint64_t mark_of(std::size_t step, std::size_t point) {
  return scattered(std::uint64_t{step} << 32 ^ point);
}

/// The mark of a recursion's root, solved once.
inline constexpr std::uint64_t mark_of_root = 0xB5297A4D3F84D5B5;

/// The marks of all tasks of a workload, each once. Takes as long as it takes to count them.
std::uint64_t mark_of(const Workload& workload);

/// Counts, without trust in any backend, how many tasks each worker ran, and which. Places each worker on a
/// core when it runs its first task. Lives in shared memory, so it sees forked and spawned workers. A chunk
/// costs its worker a few instructions, on a cache line of its own. Only the harness reads that line, between
/// executions.
class Witness {
 public:
  /// `cores` empty: workers are left where they are.
  Witness(Memory& memory, unsigned workers, std::vector<int> cores);

  /// Called by a worker before it runs `tasks` tasks.
  void begun(std::size_t tasks) {
    if (seat.generation != generation()) take_seat();
    add(seat.counter->tasks, tasks);
  }
  /// Called by the same worker when they have ended: a backend that does not wait for them is found by it.
  void ended(std::uint64_t mark) { add(seat.counter->marks, mark); }
  /// That a thread of another program, a descendant of this process, ran a task; only by the process that
  /// looks.
  void note_elsewhere(std::size_t task, std::int64_t thread) {
    elsewhere_.note(mark_of({task, task + 1}), thread);
  }

  /// The core of each worker; empty: workers are left where they are.
  std::vector<int> cores() const;
  /// From now on workers are left to what starts them, whatever cores there are.
  void leave_placing() { places_ = false; }

  /// What workers do with the tasks that they are given, from now on: `watch` runs them, and looks whether
  /// those of a graph have their inputs. Only while no execution is going on.
  enum class Pass : std::uint32_t { run, fill, map, watch };
  void begin(Pass pass) {
    header_.pass.store(pass, std::memory_order_relaxed);
    if (pass == Pass::watch) header_.watched.fetch_add(1, std::memory_order_relaxed);
  }
  Pass pass() const { return header_.pass.load(std::memory_order_relaxed); }

  /// A number of the execution that is watched.
  std::uint32_t watched() const { return header_.watched.load(std::memory_order_relaxed); }
  Memory& memory() { return memory_; }

  /// Maps all of the memory, which is there already, into this process; once in each.
  void map_memory();

  /// What was noted since the last look: tasks that were begun, the marks of those that ended, and the
  /// workers that began one. Only while no execution is going on.
  Seen look();

  /// What a worker that ran a task made of its standing (standing.h), in words; empty where each has that
  /// which the process was given, or the core where it was placed. `cores`: whether these count too.
  std::string breach(bool cores);

  /// Whether a thread that ran tasks lives, and is none of these.
  bool is_any_outside(std::span<const pid_t> threads);

 private:
  struct alignas(cache_line) Counter {
    std::atomic<std::uint64_t> tasks;      // that were begun
    std::atomic<std::uint64_t> marks;      // of those that have ended
    std::uint64_t tasks_seen, marks_seen;  // by the process that looks
    pid_t thread;
    bool active;  // it ran tasks between the last two looks, and so was alive
  };
  struct Header {
    alignas(cache_line) std::atomic<std::uint32_t> generation;
    std::atomic<Pass> pass;
    std::atomic<std::uint32_t> watched;
    alignas(cache_line) std::atomic<std::uint32_t> seats;
    // The standing in which a thread came that has perhaps gone since.
    std::atomic<bool> came_otherwise;
    Standing newcomer;
  };
  // A worker's counter. It is valid until the generation changes. That happens when workers that have come
  // and gone have used up the seats.
  struct Seat {
    std::uint64_t generation = 0;
    Counter* counter = nullptr;
  };
  [[gnu::visibility("hidden")]] static constinit thread_local Seat seat;
  // The number of this process, on a page that the kernel clears in a forked one, which is another worker
  // than its parent but inherits the parent's seat. A handler of pthread_atfork would not see every fork.
  [[gnu::visibility("hidden")]] static std::atomic<std::uint32_t>& process;

  // Of the seats that hold in this process.
  std::uint64_t generation() const {
    return std::uint64_t{process.load(std::memory_order_relaxed)} << 32 |
           header_.generation.load(std::memory_order_relaxed);
  }

  // Only its worker writes a counter: no read-modify-write is needed.
  static void add(std::atomic<std::uint64_t>& sum, std::uint64_t number) {
    sum.store(sum.load(std::memory_order_relaxed) + number, std::memory_order_relaxed);
  }

  void take_seat();
  void look_at_newcomer();
  // More seats that workers have left are more to look through.
  std::size_t most_seats_left() const {
    return std::min(counters_.size() / 2, std::max<std::size_t>(256, std::size_t{16} * workers_));
  }
  int core_of(std::size_t seat_number) const { return cores_[seat_number % workers_ % cores_.size()]; }

  Memory& memory_;
  std::atomic_flag mapped_;
  Header& header_;
  std::span<Counter> counters_;
  unsigned workers_;
  std::vector<int> cores_;
  bool places_;  ///< workers, on these
  Elsewhere elsewhere_;
  std::optional<Standing> given_;  // to the process, before any backend is there
};

/// The same workload, with each of its tasks witnessed.
std::unique_ptr<Workload> witnessed(Workload& workload, Witness& witness);

}  // namespace runoff::cell
