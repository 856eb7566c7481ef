#pragma once

#include <string>

namespace runoff::cell {

/// Holds the clock that executions are timed with against the kernel's, which no library of this process
/// comes between.
class ClockCheck {
 public:
  ClockCheck();

  /// What is wrong with the clock, in words; empty where it went as the kernel's did since this was made.
  std::string fault() const;

 private:
  long long before_;  // how far the one was ahead of the other, in ns
};

}  // namespace runoff::cell
