#pragma once

#include <cstddef>

#include "runoff/scheduling/chunks.h"
#include "runoff/scheduling/thread_failure.h"

namespace runoff {

/// A loop that threads work off together, however they come to it: in chunks, until none is left or a task
/// has thrown. In each execution `begin`, then `work` on as many threads as take part, then `end`.
class ChunkLoop {
 public:
  /// While no thread works. What lets the threads in publishes it.
  void begin(std::size_t tasks, std::size_t workers) {
    tasks_ = tasks;
    workers_ = workers;
    chunks_.reset();
  }

  /// One thread's part: calls `body(Range)`, and keeps the first exception.
  template <class Body>
  void work(const Body& body) noexcept {
    try {
      for (Range chunk; !(chunk = chunks_.take(tasks_, workers_)).empty();) body(chunk);
    } catch (...) {
      fail();
    }
  }

  /// Keeps the exception that is being handled, unless another came first, and hands out no more chunks.
  void fail() noexcept {
    failure_.keep();
    chunks_.stop(tasks_);
  }

  /// When all threads have left: throws the exception that was kept.
  void end() { failure_.rethrow(); }

 private:
  std::size_t tasks_ = 0;
  std::size_t workers_ = 1;
  ChunkCounter chunks_;
  ThreadFailure failure_;
};

}  // namespace runoff
