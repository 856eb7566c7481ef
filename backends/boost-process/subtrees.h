#pragma once

#include <atomic>
#include <cstdint>

#include "runoff/memory.h"
#include "runoff/recursion/frontier.h"
#include "runoff/recursive.h"

namespace runoff::boost_process {

/// Shares out the subtrees of a recursion. Each worker cuts the same ones by itself, so all that they share
/// is a count and a slot for each result. The worker that finishes the last subtree joins them.
class Subtrees {
 public:
  /// Makes the same claims in every process.
  Subtrees(const Recursive& work, Results results, Memory& memory, unsigned workers)
      : work_(work),
        results_(results),
        limits_(FrontierLimits::for_workers(workers, work.result())),
        shared_(memory.object<Shared>()) {
    const std::size_t stride = (work.result().size + cache_line - 1) / cache_line * cache_line;
    slots_ = Results(memory.bytes(limits_.most * stride), limits_.most, work.result().size, stride);
  }

  /// By the leader, before each execution.
  void reset() {
    // Relaxed: the command to execute comes later.
    shared_.next.store(0, std::memory_order_relaxed);
    shared_.solved.store(0, std::memory_order_relaxed);
  }

  /// By each worker, once in an execution: solves subtrees until none is left. When a node throws, this
  /// throws, and no worker begins another subtree.
  void work() {
    const auto frontier = work_.frontier(limits_);
    const std::uint64_t count = frontier->subtrees();
    try {
      std::uint64_t subtree = 0;
      while ((subtree = shared_.next.fetch_add(1, std::memory_order_relaxed)) < count) {
        frontier->solve(subtree, slots_);
        // Release and acquire: the worker that finishes the last one sees the results of all.
        if (shared_.solved.fetch_add(1, std::memory_order_acq_rel) + 1 == count)
          frontier->join(slots_, results_);
      }
    } catch (...) {
      shared_.next.store(beyond, std::memory_order_relaxed);
      throw;
    }
  }

 private:
  static constexpr std::uint64_t beyond = std::uint64_t{1} << 62;

  struct Shared {
    alignas(cache_line) std::atomic<std::uint64_t> next;
    alignas(cache_line) std::atomic<std::uint64_t> solved;
  };

  const Recursive& work_;
  Results results_;
  FrontierLimits limits_;
  Shared& shared_;
  Results slots_;
};

}  // namespace runoff::boost_process
