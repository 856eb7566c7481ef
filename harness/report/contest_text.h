#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "report/page.h"
#include "statistics/summary.h"

namespace runoff {

/// A contest as a block for the terminal: what was run, a table of backends by rank, what was kept out and
/// why.
std::string contest_text(const Contest& contest, std::span<const Cell> cells, const Names& names,
                         const Page& page);

}  // namespace runoff
