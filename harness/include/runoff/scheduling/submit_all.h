#pragma once

#include <cstddef>
#include <latch>

#include "runoff/scheduling/thread_failure.h"

namespace runoff {

/// Gives `function(0)` to `function(count - 1)` to a pool, by `submit(callable)`, which has some thread of it
/// call the callable once, and waits until all have returned. Throws the first exception of any of them,
/// after which the rest are passed over, or of `submit`.
template <class Submit, class Function>
void submit_all(std::size_t count, Submit&& submit, const Function& function) {
  ThreadFailure failure;
  std::latch returned(static_cast<std::ptrdiff_t>(count));
  std::size_t submitted = 0;
  failure.guard([&] {
    for (; submitted < count; ++submitted)
      submit([&, number = submitted] {
        failure.guard([&] { function(number); });
        returned.count_down();
      });
  });
  returned.count_down(static_cast<std::ptrdiff_t>(count - submitted));
  returned.wait();
  failure.rethrow();
}

}  // namespace runoff
