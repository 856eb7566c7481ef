#pragma once

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "runoff/scheduling/cache_line.h"

namespace runoff {

/// When a worker began and ended a chunk. Times in ns, of the steady clock; those of `cpu` are the processor
/// time of its thread.
struct Stamp {
  enum Kind : std::uint32_t {
    tasks,    ///< of a loop: `count` from `first` on
    task,     ///< of a graph: point `first` of `step`
    root,     ///< a recursion, solved by one worker alone
    subtree,  ///< of a recursion that was cut: number `first`
    job,      ///< the root or a stolen job of a recursion, as far as its worker did not wait meanwhile
    finish,   ///< what is left to one worker when all tasks have run
  };
  std::int64_t begin_ns, end_ns;
  std::int64_t cpu_begin_ns, cpu_end_ns;  ///< both 0: the clock was not read
  std::int64_t ready_ns;  ///< of a task of a graph: when the last that it waits for had ended; else 0
  std::uint32_t kind, step, first, count;

  bool knows_cpu() const { return cpu_end_ns != 0; }
};

/// The file that all workers of a cell map and stamp into, of zeros at first: forked and spawned workers, and
/// ranks, which share no other memory. It is also what the cell leaves behind.
struct StampsFile {
  /// A worker writes into a block of its own; when that is full, into another.
  struct alignas(cache_line) Block {
    std::atomic<std::uint32_t> used;
    pid_t thread;
    std::array<Stamp, 64> stamps;
  };
  struct Execution {
    std::int64_t begin_ns, end_ns;
    std::uint64_t dropped;  ///< chunks that found no room, in all so far
  };

  std::uint64_t size;            ///< of this struct: that of another build is refused
  std::int64_t run_delay_ns;     ///< for how long threads waited for a core in all executions; -1: unknown
  std::uint32_t executions;      ///< that were noted
  std::uint32_t graph_is_known;  ///< `ready_ns` holds
  std::array<Execution, 256> noted;

  alignas(cache_line) std::atomic<std::uint32_t> generation;  ///< rises when all blocks are free again
  std::atomic<std::uint32_t> on;
  std::atomic<std::uint32_t> reads_cpu;
  std::atomic<std::uint32_t> pieces;                     ///< into how many a loop that is one chunk is cut
  alignas(cache_line) std::atomic<std::uint32_t> taken;  ///< blocks
  std::atomic<std::uint64_t> dropped;

  std::array<Block, 8192> blocks;
};

}  // namespace runoff
