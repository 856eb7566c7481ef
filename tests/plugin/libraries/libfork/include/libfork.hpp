#pragma once

#include <algorithm>
#include <cstddef>

namespace lf {

struct lazy_pool {
  explicit lazy_pool(std::size_t) {}
};

inline constexpr auto for_each = [](auto first, auto last, auto function) {
  std::for_each(first, last, function);
};

template <class Function, class... Arguments>
void sync_wait(lazy_pool&, Function function, Arguments... arguments) {
  function(arguments...);
}

}  // namespace lf
