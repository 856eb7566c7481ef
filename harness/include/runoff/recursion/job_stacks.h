#pragma once

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <span>
#include <utility>

#include "runoff/errors.h"
#include "runoff/failure.h"
#include "runoff/memory.h"
#include "runoff/recursion/job_window.h"
#include "runoff/scheduling/atomic.h"
#include "runoff/scheduling/futex.h"

namespace runoff {

/// Bytes and alignment of one job in a job stack.
struct JobLayout {
  std::size_t size = 0;
  std::size_t alignment = 1;
};

/// Unwinds a worker to where it took its job, once a job has failed. Never leaves `Recursive::work`.
struct RUNOFF_VISIBLE Cancelled {};

/// A stack of jobs for each worker, in memory that workers share, whether threads or processes: what
/// `Recursive::work` runs on. It does not know what a job is. Each process has an object of its own over the
/// same memory, by inheritance or by the same claims; jobs are named by worker and index.
///
/// An execution: `begin`, then every worker that takes part calls `Recursive::work` once.
class RUNOFF_VISIBLE JobStacks {
 public:
  /// Bytes of each worker's stack, unless the constructor is given another number: a megabyte, less if there
  /// are very many workers.
  static std::size_t standard_bytes(unsigned workers) {
    return std::clamp<std::size_t>((std::size_t{256} << 20) / workers, 16 << 10, 1 << 20);
  }

  JobStacks(Memory& memory, unsigned workers, JobLayout layout)
      : JobStacks(memory, workers, layout, standard_bytes(workers)) {}
  /// Claims `bytes` for each worker's stack. A full stack is no error: what would be forked then runs at
  /// once.
  JobStacks(Memory& memory, unsigned workers, JobLayout layout, std::size_t bytes)
      : workers_(workers),
        job_size_(layout.size),
        capacity_(std::clamp<std::size_t>(bytes / layout.size, 1, UINT32_MAX)),
        shared_(memory.object<Shared>()),
        windows_(memory.array<JobWindow>(workers)),
        jobs_(memory.bytes(workers * capacity_ * job_size_, std::max(layout.alignment, cache_line))) {}
  JobStacks(const JobStacks&) = delete;
  JobStacks& operator=(const JobStacks&) = delete;

  /// Where workers are processes: `look` throws WorkerLost when one has died. Workers of this process call it
  /// now and then while they wait. Set it in the process that can tell.
  void watch(std::function<void()> look) { look_ = std::move(look); }

  /// Before any worker enters `Recursive::work`, and after all have left it the last time.
  void begin() {
    // An execution that was cancelled, or did not end because its workers died, has left the windows as they
    // were then. (Before the first execution, none has ended either.)
    if (!finished() || cancelled()) {
      for (JobWindow& window : windows_) window.forget(0);
      shared_.sleepers.store(0, std::memory_order_relaxed);
      shared_.failure.forget();
      shared_.trouble.store(none, std::memory_order_relaxed);
      first_failure_ = lost_worker_ = nullptr;
      lost_worker_claimed_.clear(std::memory_order_relaxed);
    }
    // Relaxed, like all above: what lets the workers in comes later and orders it before their work.
    shared_.finished.store(0, std::memory_order_relaxed);
  }

  unsigned workers() const { return workers_; }
  /// Jobs that one stack holds.
  std::size_t capacity() const { return capacity_; }

  // The rest is for the typed side of the work (job_fork.h).

  JobWindow& window(unsigned worker) { return windows_[worker]; }
  std::byte* jobs(unsigned worker) { return jobs_ + worker * capacity_ * job_size_; }

  /// The root is solved, or given up: the workers may leave.
  bool finished() const { return shared_.finished.load(std::memory_order_acquire) != 0; }
  /// A job failed: what has not begun is not begun any more. Relaxed: seen late, it only costs work.
  bool cancelled() const { return shared_.trouble.load(std::memory_order_relaxed) != none; }
  /// A worker died, so the jobs that it took are never finished: no worker may wait for another any more.
  /// Acquire: threads of the process that found out see what it was.
  bool lost() const { return shared_.trouble.load(std::memory_order_acquire) == worker_lost; }

  /// Jobs were shown: wakes one worker, if any naps. Relaxed: a worker that is missed here wakes up by itself
  /// soon.
  void announce() {
    if (shared_.sleepers.load(std::memory_order_relaxed) != 0) sleep_.wake(1, all_sleepers);
  }

  /// Sleeps until the root is solved, jobs are shown, or the time is up.
  void nap(std::chrono::nanoseconds limit) {
    // Sequentially consistent, as in `finish`: either this sees the end, or the end sees this sleeper.
    shared_.sleepers.fetch_add(1, std::memory_order_seq_cst);
    sleep_.wait(0, all_sleepers, limit);
    shared_.sleepers.fetch_sub(1, std::memory_order_relaxed);
  }

  /// By worker 0, when the root is solved or given up. Sequentially consistent, see `nap`; and a release: a
  /// worker that leaves sees the whole execution.
  void finish() {
    shared_.finished.store(1, std::memory_order_seq_cst);
    if (shared_.sleepers.load(std::memory_order_seq_cst) != 0) sleep_.wake(INT_MAX, all_sleepers);
  }

  /// Cancels the execution because of the exception that is being handled. The first one is kept: as it is
  /// for this process, as its kind and text for others.
  void fail() {
    if (shared_.failure.keep()) {
      shared_.failed_process = ::getpid();
      first_failure_ = std::current_exception();
    }
    std::uint32_t expected = none;
    // Relaxed: what hands the failure over to worker 0 is the end of the job that failed.
    shared_.trouble.compare_exchange_strong(expected, job_failed, std::memory_order_relaxed);
  }

  /// By a worker that waits: looks for lost workers. Tells the others when one is lost.
  void look() noexcept {
    if (!look_) return;
    try {
      look_();
    } catch (...) {
      // Several threads of this process may find out.
      if (lost_worker_claimed_.test_and_set(std::memory_order_relaxed)) return;
      lost_worker_ = std::current_exception();
      shared_.trouble.store(worker_lost, std::memory_order_release);
    }
  }

  /// In the process that found a worker lost: throws WorkerLost.
  void rethrow_lost() const {
    if (lost() && lost_worker_) std::rethrow_exception(lost_worker_);
  }

  /// By worker 0, after `finish`, when the execution was cancelled: throws why.
  [[noreturn]] void rethrow() const {
    rethrow_lost();
    if (lost()) throw WorkerLost("a worker process died");
    if (shared_.failed_process == ::getpid()) std::rethrow_exception(first_failure_);
    shared_.failure.raise();
  }

 private:
  enum Trouble : std::uint32_t { none, job_failed, worker_lost };

  struct Shared {
    alignas(cache_line) Atomic<std::uint32_t> finished;
    Atomic<std::uint32_t> sleepers;
    Atomic<std::uint32_t> trouble;
    pid_t failed_process;
    ProcessFailure failure;
  };

  static constexpr std::uint32_t all_sleepers = ~0u;

  unsigned workers_;
  std::size_t job_size_;
  std::size_t capacity_;
  Shared& shared_;
  std::span<JobWindow> windows_;
  std::byte* jobs_;
  Futex sleep_{shared_.finished, Scope::processes};
  std::function<void()> look_;
  std::exception_ptr first_failure_;
  std::atomic_flag lost_worker_claimed_;
  std::exception_ptr lost_worker_;
};

}  // namespace runoff
