#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cell/elsewhere.h"
#include "runoff/backend.h"
#include "runoff/memory.h"
#include "runoff/workload.h"

namespace runoff::cell {

/// A mark of tasks [first, last) of a loop. The marks of ranges that make up [0, n), in whatever order, add
/// up to the mark of [0, n): where two ranges touch, their common end cancels. The marks of other ranges as
/// good as never do.
inline std::uint64_t mark_of(Range tasks) {
  const auto scattered = [](std::uint64_t number) {
    number *= 0x9E3779B97F4A7C15;
    return (number ^ number >> 32) * 0xD6E8FEB86659FD93;
  };
  return scattered(tasks.last) - scattered(tasks.first);
}

/// Counts, without trust in any backend, how many tasks each worker ran, and which. Places each worker on a
/// core when it runs its first task. Lives in shared memory, so it sees forked and spawned workers. A chunk
/// costs its worker a few instructions, on a cache line of its own. Only the harness reads that line, between
/// executions.
class Witness {
 public:
  /// `cores` empty: workers are left where they are.
  Witness(Memory& memory, unsigned workers, std::vector<int> cores);

  /// Called by a worker before it runs `tasks` tasks, which have this mark.
  void note(std::size_t tasks, std::uint64_t mark = 0) {
    if (seat.generation != header_.generation.load(std::memory_order_relaxed)) take_seat();
    // Only this worker writes this counter: no read-modify-write is needed.
    const auto add = [](std::atomic<std::uint64_t>& sum, std::uint64_t number) {
      sum.store(sum.load(std::memory_order_relaxed) + number, std::memory_order_relaxed);
    };
    add(seat.counter->tasks, tasks);
    add(seat.counter->marks, mark);
  }
  void note(Range tasks) { note(tasks.size(), mark_of(tasks)); }
  /// That a thread of another program, a descendant of this process, ran a task; only by the process that
  /// looks.
  void note_elsewhere(std::size_t task, std::int64_t thread) {
    elsewhere_.note(mark_of({task, task + 1}), thread);
  }

  /// The core of each worker; empty: workers are left where they are.
  std::vector<int> cores() const;

  /// What workers do with the tasks that they are given, from now on. Only while no execution is going on.
  enum class Pass : std::uint32_t { run, fill, map };
  void begin(Pass pass) { header_.pass.store(pass, std::memory_order_relaxed); }
  Pass pass() const { return header_.pass.load(std::memory_order_relaxed); }

  /// Maps all of the memory, which is there already, into this process; once in each.
  void map_memory();

  /// What was noted since the last look. Only while no execution is going on.
  Seen look();

 private:
  struct alignas(cache_line) Counter {
    std::atomic<std::uint64_t> tasks;
    std::atomic<std::uint64_t> marks;
    std::uint64_t tasks_seen, marks_seen;  // by the process that looks
  };
  struct Header {
    alignas(cache_line) std::atomic<std::uint32_t> generation;
    std::atomic<Pass> pass;
    alignas(cache_line) std::atomic<std::uint32_t> seats;
  };
  // A worker's counter. It is valid until the generation changes. That happens when workers that have come
  // and gone have used up the seats.
  struct Seat {
    std::uint32_t generation = 0;
    Counter* counter = nullptr;
  };
  static thread_local Seat seat;

  void take_seat();

  Memory& memory_;
  std::atomic_flag mapped_;
  Header& header_;
  std::span<Counter> counters_;
  unsigned workers_;
  std::vector<int> cores_;
  Elsewhere elsewhere_;
};

/// The same workload, with each of its tasks witnessed.
std::unique_ptr<Workload> witnessed(Workload& workload, Witness& witness);

}  // namespace runoff::cell
