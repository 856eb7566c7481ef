#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "statistics/cells.h"

namespace runoff {

/// A word of `disturbed_by`: what it says of a sample, and what to do.
struct Disturbance {
  std::string_view word;
  const char* happened;
  const char* advice;
};
std::span<const Disturbance> disturbances();

/// What looks odd about a run as a whole: a line for each cause, however many samples show it.
struct RunFlags {
  std::vector<std::string> lines;
  bool disturbances = false;  ///< one of them says that samples are marked
};

RunFlags run_flags(std::span<const Cell> cells);

}  // namespace runoff
