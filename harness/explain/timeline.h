#pragma once

#include <string>
#include <vector>

#include "cell/read_stamps.h"

namespace runoff {

/// The execution whose time is in the middle. There is one.
const StampedExecution& middle_execution(const StampedCell& cell);

/// Who worked when: a line for each worker, of the first 16, with a character for each hundredth of the
/// execution: 0 to 9 for how much of it the worker was inside of tasks, `w` where it mostly waited in one.
std::vector<std::string> timeline(const StampedExecution& execution);

}  // namespace runoff
