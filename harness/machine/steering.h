#pragma once

#include "support/text.h"

namespace runoff {

/// Variables of a user's environment that steer how programs run, in the order of the environment.
struct SteeringVariables {
  Pairs of_one_runtime;  ///< a scheduler's or a compiler's runtime: OMP_*, KMP_*, TBB_* …
  Pairs of_all_cells;    ///< the allocator, the C library, the loader, or the launcher of ranks
  Pairs of_the_place;    ///< what it is like here: where libraries are, a batch system, a sanitizer
};

/// `environment` is as `environ`: NAME=VALUE texts, and a null behind them.
SteeringVariables find_steering(const char* const* environment);

/// Takes these out of this process's environment, and so from all that it starts.
void take_out(const Pairs& variables);

}  // namespace runoff
