#pragma once

#include <poll.h>

#include <chrono>
#include <span>

namespace runoff {

/// What came of waiting for descriptors.
struct Waited {
  int ready;                         ///< as poll(2) returns it
  std::chrono::nanoseconds stopped;  ///< for how long this process was stopped since the wait before
  /// When that was found out. Deadlines are held against it: before another look at a clock
  /// this process may be stopped again.
  std::chrono::steady_clock::time_point now;
};

/// Waits again and again, and notices when this process was stopped meanwhile: by a signal, or with all of
/// its control group. Who stops it stops all that it started, as a rule, so that is no time that they had.
/// Time without a processor is: what it started may be what keeps them busy. For one thread.
class Waits {
 public:
  /// poll(2), for no longer than `limit`.
  Waited wait_for(std::span<pollfd> descriptors, std::chrono::milliseconds limit);

 private:
  struct Moment {
    std::chrono::steady_clock::time_point time;
    std::chrono::nanoseconds busy;  ///< until then this thread ran, or could have run but had no processor
  };
  static Moment now();

  Moment last_ = now();
};

}  // namespace runoff
