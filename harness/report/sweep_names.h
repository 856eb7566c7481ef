#pragma once

#include <string>

#include "report/names.h"
#include "statistics/sweeps.h"

namespace runoff {

/// "fetch by latency"; with those of the other parameters that take several values within the run: "fetch
/// size=1KiB by latency".
std::string sweep_name(const Sweep& sweep, const Names& names);

/// A backend; with its variant where there are several of it to choose from.
std::string choice_name(const Choice& choice, const Sweep& sweep, const Names& names);

}  // namespace runoff
