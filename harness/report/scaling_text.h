#pragma once

#include <span>
#include <string>
#include <vector>

#include "report/names.h"
#include "report/page.h"
#include "statistics/scaling.h"

namespace runoff {

/// What more workers bring in one problem, as a table: from how many on they do not pay, and what the laws of
/// scaling say. `curves` are all of that problem; not empty.
std::string scaling_text(std::span<const ScalingCurve> curves, const Names& names, const Page& page);

/// Curves that stand in the order of `scaling_curves`, those of one problem together.
std::vector<std::span<const ScalingCurve>> by_problem(std::span<const ScalingCurve> curves);

}  // namespace runoff
