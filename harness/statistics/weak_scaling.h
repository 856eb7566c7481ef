#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/cells.h"

namespace runoff {

/// Weak scaling: what more workers bring where each brings work of its own (Gustafson 1988, "Reevaluating
/// Amdahl's law").
struct WeakCurve {
  std::string parameter;  ///< that grows with the number of workers
  struct Point {
    const Cell* cell = nullptr;
    /// Scaled speed-up: over the reference, on the same, larger problem. Nothing without the reference.
    std::optional<Estimate> speedup = {};
    /// Scaled speed-up by worker: 1 is ideal.
    std::optional<Estimate> efficiency = {};
  };
  std::vector<Point> points;  ///< by workers; at least two
};

/// The curves of all backends and variants that have, with two numbers of workers or more, one problem each,
/// which differ in one parameter alone, and in that as their workers do. In the order of workloads; cells
/// that cannot be compared, and the reference, are left out. Points into `cells`.
std::vector<WeakCurve> weak_curves(std::span<const Cell> cells);

}  // namespace runoff
