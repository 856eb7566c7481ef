#pragma once

#include <span>
#include <string>
#include <vector>

#include "statistics/cells.h"

namespace runoff {

/// What looks odd about a run as a whole: a line for each cause, however many samples show it.
struct RunFlags {
  std::vector<std::string> lines;
  bool disturbances = false;  ///< one of them says that samples are marked
};

RunFlags run_flags(std::span<const Cell> cells);

}  // namespace runoff
