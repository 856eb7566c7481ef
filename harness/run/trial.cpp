#include "run/trial.h"

#include <algorithm>

namespace runoff {

std::chrono::nanoseconds Trial::rounds(const Plan& plan, unsigned number) const {
  std::chrono::nanoseconds one{0};
  for (std::size_t cell = 0; cell < plan.cells.size(); ++cell) one += costs.expected(cell);
  return one * number;
}

Trial try_out(const Plan& plan, const std::set<std::size_t>& skipped, Runner& runner, const Budget& budget) {
  Trial trial{Costs(plan.cells)};
  for (const std::size_t cell : skipped) trial.costs.forget(cell);
  for (const std::size_t cell : plan.round(0)) {
    if (skipped.contains(cell)) continue;
    const auto left = budget.left().value_or(runner.time_limit());
    if (left <= std::chrono::nanoseconds{0}) break;
    const auto taken = runner.take(cell, std::min(left, runner.time_limit()));
    trial.interrupted = runner.interrupted();
    if (trial.interrupted) break;
    if (!taken) {
      trial.costs.learn(cell, left);  // at least
      break;
    }
    ++trial.tried;
    trial.costs.learn(cell, taken->time);
    // Neither is tried again in a run.
    if (taken->sample.status == Status::unsupported || taken->sample.status == Status::timeout)
      trial.costs.forget(cell);
  }
  return trial;
}

}  // namespace runoff
