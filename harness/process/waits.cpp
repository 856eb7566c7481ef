#include "process/waits.h"

#include <cstdint>
#include <fstream>

namespace runoff {
namespace {

/// A process that comes so much too late was stopped.
constexpr std::chrono::milliseconds too_late{500};

}  // namespace

Waits::Moment Waits::now() {
  std::int64_t ran = 0, waited = 0;  // 0 where the kernel does not say
  std::ifstream("/proc/thread-self/schedstat") >> ran >> waited;
  return {std::chrono::steady_clock::now(), std::chrono::nanoseconds(ran + waited)};
}

Waited Waits::wait_for(std::span<pollfd> descriptors, std::chrono::milliseconds limit) {
  const int ready = ::poll(descriptors.data(), descriptors.size(), static_cast<int>(limit.count()));
  const Moment moment = now();
  const auto late = moment.time - last_.time - limit - (moment.busy - last_.busy);
  last_ = moment;
  return {ready, late > too_late ? late : std::chrono::nanoseconds(0), moment.time};
}

}  // namespace runoff
