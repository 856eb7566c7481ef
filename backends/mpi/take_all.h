#pragma once

#include <cstdint>
#include <mutex>

#include "gather.h"
#include "shared_counter.h"
#include "threads.h"

namespace runoff::mpi {

/// Takes numbers below `count` from the counter, which all ranks share, on all threads of this rank, and
/// calls run(number) for each. The report has those that it ran. One thread at a time is in MPI.
template <class Run>
Report take_all(SharedCounter& counter, std::int64_t count, Threads& threads, const Run& run) {
  Report report;
  std::mutex mutex;
  const auto lock = [&] {
    return threads.count() > 1 ? std::unique_lock(mutex) : std::unique_lock(mutex, std::defer_lock);
  };
  const auto work = [&] {
    try {
      for (std::int64_t done = -1;;) {
        std::int64_t next = 0;
        {
          const auto alone = lock();
          if (done >= 0) report.chunks.push_back(done);
          next = counter.next();
        }
        if (next >= count) return;
        run(next);
        done = next;
      }
    } catch (...) {
      const auto alone = lock();
      counter.stop();
      if (!report.failed) report.keep_caught();
    }
  };
  threads.run(threads.count(), [&](Range workers) {
    for (std::size_t worker = workers.first; worker < workers.last; ++worker) work();
  });
  return report;
}

}  // namespace runoff::mpi
