#pragma once

#include <algorithm>

/// How workers are dealt out to processes: as many threads in each, the rest in the last.
struct Split {
  unsigned workers;
  unsigned threads_each;

  unsigned processes() const { return (workers + threads_each - 1) / threads_each; }
  unsigned threads(unsigned process) const {
    return std::min(threads_each, workers - process * threads_each);
  }
};
