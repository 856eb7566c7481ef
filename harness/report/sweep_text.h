#pragma once

#include <string>

#include "report/names.h"
#include "report/page.h"
#include "statistics/sweeps.h"

namespace runoff {

/// Which choice is the fastest at each stop of a sweep, as a table.
std::string sweep_text(const Sweep& sweep, const Names& names, const Page& page);

/// Where the best choice changes hands, in one sentence.
std::string reign_sentence(const Sweep& sweep, const Names& names);

}  // namespace runoff
