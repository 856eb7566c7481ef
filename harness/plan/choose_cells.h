#pragma once

#include <span>
#include <string>
#include <vector>

#include "machine/boundaries.h"
#include "plan/choice.h"
#include "plan/plan.h"
#include "plan/selection.h"

namespace runoff {

/// What a run measures.
struct ChosenCells {
  std::vector<PlannedCell> cells;         ///< none comes twice
  std::vector<ChosenWorkload> workloads;  ///< of the cells
};

/// What becomes of names without a module, and what "cores" means.
struct ChoiceRules {
  Absent workloads = Absent::is_an_error;
  Absent backends = Absent::is_an_error;
  unsigned cores = 1;
  std::span<const Boundary> boundaries = {};  ///< of the machine, for "auto"
};

/// The cells of all selections together. `settings` are a person's and hold in each selection. A parameter
/// with several values in the run is part of the labels. Throws UsageError, also where nothing is left to
/// run.
ChosenCells choose_cells(const Catalog& catalog, std::span<const Selection> selections,
                         std::span<const std::string> settings, const ChoiceRules& rules);

}  // namespace runoff
