#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "report/page.h"
#include "statistics/weak_scaling.h"

namespace runoff {

/// How much of each worker a workload uses that grows with its workers, as a table. `curves` are all of that
/// workload; not empty.
std::string weak_scaling_text(std::span<const WeakCurve> curves, const Names& names, const Page& page);

/// "primes: where each worker brings work of its own (n=250000 with 1 worker, and as many times more)".
std::string weak_scaling_title(const WeakCurve& curve);

/// Curves that stand in the order of `weak_curves`, those of one workload together.
std::vector<std::span<const WeakCurve>> by_workload(std::span<const WeakCurve> curves);

}  // namespace runoff
