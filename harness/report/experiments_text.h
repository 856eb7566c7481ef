#pragma once

#include <span>
#include <string>

#include "report/load.h"
#include "report/page.h"
#include "statistics/cells.h"

namespace runoff {

/// The cell that makes a row of an experiment again; null where it was not measured.
const Cell* cell_of(const MadeAgain::Row& row, std::span<const Cell> cells);

/// Published experiments that the run made again: a row for each cell, with the figure that was published
/// beside the one that was measured. Empty where there is none.
std::string experiments_text(std::span<const MadeAgain> experiments, std::span<const Cell> cells,
                             const Page& page);

}  // namespace runoff
