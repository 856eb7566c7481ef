#pragma once

#include <algorithm>
#include <cstddef>

#include "runoff/scheduling/atomic.h"
#include "runoff/scheduling/cache_line.h"
#include "runoff/scheduling/range.h"

namespace runoff {

/// Hands out the tasks of one execution in chunks that shrink towards the end (guided self-scheduling,
/// Polychronopoulos & Kuck 1987): few counter updates at first, little waiting for the last worker. Works in
/// shared memory; zeros are a valid start.
class ChunkCounter {
 public:
  /// Before each execution, while no worker takes chunks. Relaxed: what lets the workers in publishes it.
  void reset() { next_.store(0, std::memory_order_relaxed); }

  /// The next chunk of [0, tasks) for one of `workers`, at least `least` tasks while there are as many; empty
  /// when all are taken.
  Range take(std::size_t tasks, std::size_t workers, std::size_t least = 1) {
    std::size_t first = next_.load(std::memory_order_relaxed);
    while (first < tasks) {
      const std::size_t left = tasks - first;
      const std::size_t size = std::min(left, std::max(least, left / (2 * workers)));
      // Relaxed: the counter orders nothing but itself; results become visible when the execution ends.
      if (next_.compare_exchange_weak(first, first + size, std::memory_order_relaxed))
        return {first, first + size};
    }
    return {};
  }

  /// No more chunks are handed out in this execution. Relaxed: a worker that sees it late runs one more.
  void stop(std::size_t tasks) { next_.store(tasks, std::memory_order_relaxed); }

 private:
  alignas(cache_line) Atomic<std::size_t> next_{0};
};

}  // namespace runoff
