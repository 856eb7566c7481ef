#pragma once

#include <chrono>
#include <cstdio>
#include <set>
#include <string>

#include "run/sampling.h"

namespace runoff {

/// Says on standard error how far a run is: on a terminal one line that changes, elsewhere a line now and
/// then. The first sample of a cell that fails is told at once.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet, bool tell_failures = true);
  ~ProgressLine() { clear(); }

  void show(const Progress& progress);
  /// What is known already, in a line or lines that stay.
  void tell(const std::string& sentence);
  /// Takes the changing line away, so that other lines can be printed.
  void clear();

 private:
  void tell_failure(const Progress& progress);

  bool quiet_;
  bool tells_failures_;  ///< not where they are what is asked for
  bool moving_;          ///< one line that changes
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_{};
  std::size_t last_percent_ = 0, last_settled_ = 0;
  std::set<std::string> failed_;
};

}  // namespace runoff
