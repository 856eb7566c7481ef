#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "statistics/cells.h"
#include "statistics/scalability.h"
#include "statistics/verdict.h"

namespace runoff {

/// A law of scaling that was fitted to medians, with 95 % bootstrap intervals over rounds.
struct ScalingFit {
  Scalability law;
  Estimate contention;
  Estimate coherence;  ///< 0 of Amdahl's law
  Estimate peak;       ///< workers; infinite where more always bring some more
  double misfit = 0;   ///< the largest distance of a median from the law, as a share of it

  /// Whether the law says something about these workers.
  bool describes() const { return misfit <= 0.25; }
};

/// From how many workers on more do not pay, that is by more than the precision: surely at least `low`, since
/// with fewer another number is surely faster by more than that; surely no more than `high`, since none is,
/// and nothing where that is sure of no number. `value` is the least whose median is within the precision of
/// the best one.
struct EnoughWorkers {
  std::int64_t value = 0;
  std::int64_t low = 0;
  std::optional<std::int64_t> high;
};

/// Strong scaling: how the time of one problem falls as a backend gets more workers.
struct ScalingCurve {
  /// One number of workers.
  struct Point {
    const Cell* cell = nullptr;
    /// The share of the work that is not shared among workers, by how much faster this is than one worker:
    /// (1 / speed-up - 1 / N) / (1 - 1 / N) (Karp and Flatt 1990). Nothing of one worker, or without its
    /// time.
    std::optional<Estimate> serial_fraction = {};
  };
  std::vector<Point> points;  ///< by workers; at least two
  /// How many of the points, the first ones, laws speak of. Of work of processors those with no more workers
  /// than there are cores: beyond, workers share them.
  std::size_t lawful = 0;
  EnoughWorkers enough = {};
  /// Nothing where the numbers of workers are too few to say it; see `fit`.
  std::optional<ScalingFit> amdahl = {};
  std::optional<ScalingFit> universal = {};
};

/// The curves of all backends and variants that have two numbers of workers or more in a problem, in the
/// order of the cells. Cells that cannot be compared are left out. `cores`: that the run may use; 0: not
/// known. Points into `cells`.
std::vector<ScalingCurve> scaling_curves(std::span<const Cell> cells, unsigned cores, const Rules& rules);

}  // namespace runoff
