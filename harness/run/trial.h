#pragma once

#include <chrono>
#include <cstddef>
#include <set>

#include "plan/plan.h"
#include "run/budget.h"
#include "run/costs.h"
#include "run/runner.h"

namespace runoff {

/// What the samples of a plan are likely to take.
struct Trial {
  Costs costs;
  std::size_t tried = 0;  ///< cells of which a sample was taken
  bool interrupted = false;

  /// So many rounds of all cells.
  std::chrono::nanoseconds rounds(const Plan& plan, unsigned number) const;
};

/// Takes one sample of each cell that is not skipped, in the order of the plan's first round, as far as the
/// budget goes; none is kept. Throws what the runner throws.
Trial try_out(const Plan& plan, const std::set<std::size_t>& skipped, Runner& runner, const Budget& budget);

}  // namespace runoff
