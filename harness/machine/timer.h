#pragma once

#include <chrono>

namespace runoff {

/// What a look at the clock that samples are timed with costs, and how fine it is.
struct Timer {
  std::chrono::nanoseconds overhead{0};    ///< of one look: the median of many
  std::chrono::nanoseconds resolution{0};  ///< the least step between two looks; 0: it never moved
};

/// Takes about a millisecond, and at most 50 where the clock is coarse.
Timer measure_timer();

}  // namespace runoff
