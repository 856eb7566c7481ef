#pragma once

#include <cstdint>

#include "runoff/memory.h"
#include "runoff/scheduling/atomic.h"

namespace runoff {

/// The jobs of one stack that thieves may take: those from `taken` up to, and without, `shown`. Jobs from
/// `shown` up are private to the owner, which needs neither fence nor exchange for them.
///
/// Both numbers are one word, so every step of owner and thieves is one step of that word, and a thief that
/// wins an exchange holds a job that is shown at that moment, however old the value that it expected: it
/// reads the job only afterwards. Only the owner changes `shown`, and thieves only raise `taken` up to it.
///
/// The owner finishes its jobs from the youngest down, so when it asks for a job none above it is shown.
class alignas(cache_line) JobWindow {
 public:
  using Index = std::uint32_t;

  /// So many jobs should be shown, if there are as many. The oldest are few and head most of the work:
  /// showing them costs nearly nothing, and thieves find something while the owner is busy with one long
  /// task. All others stay private until thieves have come.
  static constexpr Index enough = 4;

  /// By the owner: should it show more? Relaxed: a late answer only delays the next showing.
  bool lacking() const {
    const std::uint64_t word = word_.load(std::memory_order_relaxed);
    return shown(word) - taken(word) < enough;
  }

  /// By the owner: shows all jobs below `end`. Release: a thief that takes one sees what the owner wrote into
  /// it. Later exchanges, of any worker, continue this release sequence.
  void show(Index end) {
    std::uint64_t word = word_.load(std::memory_order_relaxed);
    while (!word_.compare_exchange_weak(word, pack(taken(word), end), std::memory_order_release,
                                        std::memory_order_relaxed)) {
    }
  }

  /// By the owner, of the youngest job that it showed: makes it private again. False: a thief has it.
  /// Relaxed: the job's content is the owner's own writing.
  bool take_back(Index job) {
    std::uint64_t word = word_.load(std::memory_order_relaxed);
    while (taken(word) <= job)
      if (word_.compare_exchange_weak(word, pack(taken(word), job), std::memory_order_relaxed)) return true;
    return false;
  }

  /// By the owner, when the youngest job that it showed was stolen and is finished: its place is free again.
  /// A plain store, as nothing is left that a thief could change; relaxed, as it shows nothing.
  void forget(Index job) { word_.store(pack(job, job), std::memory_order_relaxed); }

  /// By a thief: takes the oldest job that is shown, which heads the largest part of the work. Acquire: see
  /// `show`.
  bool steal(Index& job) {
    std::uint64_t word = word_.load(std::memory_order_relaxed);
    while (taken(word) < shown(word)) {
      if (!word_.compare_exchange_weak(word, word + 1, std::memory_order_acquire, std::memory_order_relaxed))
        continue;
      job = taken(word);
      return true;
    }
    return false;
  }

 private:
  static Index taken(std::uint64_t word) { return static_cast<Index>(word); }
  static Index shown(std::uint64_t word) { return static_cast<Index>(word >> 32); }
  static std::uint64_t pack(Index taken, Index shown) { return std::uint64_t{shown} << 32 | taken; }

  Atomic<std::uint64_t> word_;
};

}  // namespace runoff
