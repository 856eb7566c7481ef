#pragma once

#include <cstddef>

namespace runoff {

/// Tasks [first, last).
struct Range {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t size() const { return last - first; }
  bool empty() const { return first >= last; }
};

}  // namespace runoff
