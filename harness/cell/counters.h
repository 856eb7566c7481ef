#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "support/descriptor.h"

namespace runoff::cell {

/// A kind of event that the kernel counts: the type and the number by which perf_event_open knows it.
struct Event {
  std::uint32_t type;
  std::uint64_t number;
};

/// Counts events in threads, and in all threads and processes that they start from then on (perf_event_open,
/// `inherit`). What is counted pays: to start a thread takes longer, and so does a context switch.
class Counters {
 public:
  Counters(std::span<const pid_t> threads, const std::vector<Event>& events);
  /// Of instructions, cycles and cache misses: in programs, and in the kernel too where it allows that.
  static Counters of_processor(std::span<const pid_t> threads);

  /// The sum of each event, in the order in which they were given. Nothing where the kernel, the processor or
  /// a virtual machine does not let all of them be counted in all of the threads.
  std::optional<std::vector<std::int64_t>> read() const;

 private:
  std::vector<std::vector<Descriptor>> descriptors_;  // of each event; empty where there is none
};

}  // namespace runoff::cell
