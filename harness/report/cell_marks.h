#pragma once

#include <string>
#include <vector>

#include "report/findings.h"
#include "report/flags.h"

namespace runoff {

/// Why a cell's figures are to be read with care, or why it has none, and what to do about it.
struct CellMark {
  std::string title, advice;
  std::vector<Oddity::Seen> seen;  ///< in which cells, and what there
};

/// All marks of a run: cells that were kept out or left out, samples that were disturbed, and oddities.
/// Points into the findings.
std::vector<CellMark> cell_marks(const LoadedRun& run, const Findings& findings, const Names& names);

}  // namespace runoff
