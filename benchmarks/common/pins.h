#pragma once

#include <sched.h>

#include <atomic>
#include <cstddef>
#include <vector>

namespace benchmarks {

/// Keeps each worker on a core of its own, as cells do: the k-th worker that calls `place` on the k-th allowed core, as
/// long as there are no more workers than cores. Lies in memory that all workers see; zeros are a valid start.
class Pins {
 public:
  /// By a worker before it works; does nothing from its second call on.
  void place(unsigned workers) {
    if (placed_) return;
    placed_ = true;
    const std::vector<int> cores = allowed();
    if (workers > cores.size()) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(cores[taken_.fetch_add(1, std::memory_order_relaxed) % workers]), &set);
    ::sched_setaffinity(0, sizeof(set), &set);
  }

 private:
  static std::vector<int> allowed() {
    cpu_set_t set;
    CPU_ZERO(&set);
    std::vector<int> cores;
    if (::sched_getaffinity(0, sizeof(set), &set) == 0)
      for (int core = 0; core < CPU_SETSIZE; ++core)
        if (CPU_ISSET(core, &set)) cores.push_back(core);
    return cores;
  }

  inline static thread_local bool placed_ = false;
  std::atomic<unsigned> taken_;
};

}  // namespace benchmarks
