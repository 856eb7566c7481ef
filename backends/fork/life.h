#pragma once

#include <linux/futex.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "runoff/memory.h"
#include "runoff/scheduling/atomic.h"

/// Whether workers live, in shared memory: looking costs no system call, so that every execution can.
/// A worker writes its number into a word and hands the word to the kernel as a robust futex
/// (set_robust_list(2)), which clears the number when the process ends, in whatever way. The robust mutexes
/// of the C library do not work in such a process.
class Life {
 public:
  Life(runoff::Memory& memory, std::size_t workers);

  /// Called by a worker process when it begins.
  void begin(std::size_t worker);

  /// True when all of them have begun and none has ended.
  bool all_live() const {
    // Relaxed: nothing else is concluded from it.
    for (const auto& word : words_)
      if ((word.load(std::memory_order_relaxed) & FUTEX_TID_MASK) == 0) return false;
    return true;
  }

 private:
  // What the kernel walks. In shared memory, as it must outlast what the out-of-memory killer takes away.
  struct Node {
    robust_list_head head;
    robust_list entry;
  };
  std::span<Node> nodes_;
  std::span<runoff::Atomic<std::uint32_t>> words_;
};
