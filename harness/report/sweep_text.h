#pragma once

#include <string>

#include "report/names.h"
#include "report/style.h"
#include "statistics/sweeps.h"

namespace runoff {

/// Who is fastest at each stop of a sweep, as a table, and a sentence on where the best choice changes hands.
std::string sweep_text(const Sweep& sweep, const Names& names, const Painter& paint);

/// That sentence alone: "up to 10ms std-thread; from 100ms on event-loop".
std::string reign_sentence(const Sweep& sweep, const Names& names);

}  // namespace runoff
