#include "machine/timer.h"

#include <algorithm>
#include <array>

namespace runoff {

Timer measure_timer() {
  using Clock = std::chrono::steady_clock;
  using std::chrono::nanoseconds;
  constexpr int looks = 200;
  std::array<nanoseconds, 51> groups{};
  nanoseconds least = nanoseconds::max();
  for (auto& group : groups) {
    const auto begin = Clock::now();
    auto last = begin;
    for (int i = 0; i < looks; ++i) {
      const auto now = Clock::now();
      if (now > last) least = std::min<nanoseconds>(least, now - last);
      last = now;
    }
    group = (last - begin) / looks;
  }
  std::nth_element(groups.begin(), groups.begin() + groups.size() / 2, groups.end());
  Timer timer{groups[groups.size() / 2], least};
  if (least == nanoseconds::max()) {
    // Coarser than all of that took: wait for one step, for so many looks as no clock of use needs.
    const auto begin = Clock::now();
    auto now = begin;
    for (long i = 0; now == begin && i < 500'000; ++i) now = Clock::now();
    timer.resolution = now - begin;
  }
  return timer;
}

}  // namespace runoff
