#include "report/sweep_names.h"

#include <algorithm>

namespace runoff {

std::string sweep_name(const Sweep& sweep, const Names& names) {
  return names.problem(sweep.workload, sweep.others) + " by " + sweep.axis;
}

std::string choice_name(const Choice& choice, const Sweep& sweep, const Names& names) {
  if (!sweep.of_concurrency()) return names.backend(choice.backend, choice.variant);
  // Fewer variants than the run has: those that differ in their concurrency alone are one choice here.
  const bool several = std::any_of(sweep.stops.begin(), sweep.stops.end(), [&choice](const Stop& stop) {
    return std::any_of(stop.placed.begin(), stop.placed.end(), [&choice](const Placed& other) {
      return other.choice.backend == choice.backend && other.choice.variant != choice.variant;
    });
  });
  return several && !choice.variant.empty() ? choice.backend + " " + choice.variant : choice.backend;
}

}  // namespace runoff
