#pragma once

#include <chrono>
#include <optional>

#include "plan/plan.h"

namespace runoff {

/// Prints the cells with their numbers, the order of each round, and how long it will take at least.
void print_dry_run(const Plan& plan, std::optional<std::chrono::nanoseconds> budget);

}  // namespace runoff
