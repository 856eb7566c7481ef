#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "runoff/backend.h"
#include "runoff/memory.h"
#include "runoff/workload.h"

namespace runoff::cell {

/// Counts, without trust in any backend, which workers ran how many tasks, and places each worker on a core
/// when it runs its first. Lives in shared memory, so it sees forked and spawned workers. What it costs a
/// worker is a few instructions a chunk, on a cache line of its own that only the harness reads, between
/// executions.
class Witness {
 public:
  /// `cores` empty: workers are left where they are.
  Witness(Memory& memory, unsigned workers, std::vector<int> cores);

  /// Called by a worker before it runs `tasks` tasks.
  void note(std::size_t tasks) {
    if (seat.generation != header_.generation.load(std::memory_order_relaxed)) take_seat();
    // Nobody else writes this counter: no read-modify-write is needed.
    std::atomic<std::uint64_t>& counter = *seat.tasks;
    counter.store(counter.load(std::memory_order_relaxed) + tasks, std::memory_order_relaxed);
  }

  /// What workers do with the tasks that they are given: from now on, set while no execution is going on.
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
    std::uint64_t looked_at;  // by the process that looks
  };
  struct Header {
    alignas(cache_line) std::atomic<std::uint32_t> generation;
    std::atomic<Pass> pass;
    alignas(cache_line) std::atomic<std::uint32_t> seats;
  };
  // A worker's counter. It holds until the generation changes, which happens when workers that have come and
  // gone have used up the seats.
  struct Seat {
    std::uint32_t generation = 0;
    std::atomic<std::uint64_t>* tasks = nullptr;
  };
  static thread_local Seat seat;

  void take_seat();

  Memory& memory_;
  std::atomic_flag mapped_;
  Header& header_;
  std::span<Counter> counters_;
  unsigned workers_;
  std::vector<int> cores_;
};

/// The same workload, with each of its tasks witnessed.
std::unique_ptr<Workload> witnessed(Workload& workload, Witness& witness);

}  // namespace runoff::cell
