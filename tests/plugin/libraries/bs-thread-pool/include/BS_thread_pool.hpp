#pragma once

#include <cstddef>

namespace BS {

class light_thread_pool {
 public:
  explicit light_thread_pool(std::size_t) {}
  template <class Number, class Function>
  void detach_loop(Number first, Number after_last, Function function, std::size_t) {
    for (; first < after_last; ++first) function(first);
  }
  void wait() {}
};

}  // namespace BS
