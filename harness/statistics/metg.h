#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "statistics/bootstrap.h"

namespace runoff {

/// Executions of one graph with tasks of one size.
struct GrainSeries {
  double tasks = 0;  ///< of one execution
  double work = 0;   ///< what all of them did, in any unit that is the same for all sizes, such as FLOP
  Series wall_ns;    ///< of one execution
};

/// How well a task size keeps the workers busy.
struct Efficiency {
  double granularity_ns = 0;  ///< wall × workers ÷ tasks
  double share = 0;           ///< of the peak
  double work = 0;            ///< of one task
};

/// The minimum effective task granularity (Slaughter et al., "Task Bench", SC'20): how long tasks must be for
/// the workers to get half of the peak done.
struct Metg {
  double peak = 0;  ///< units of work a second
  Estimate ns;      ///< low and high are NaN where samples are too few for an interval; high may be infinite
  std::vector<Efficiency> curve;  ///< of the medians, by the work of a task, the most first
};

/// The highest rate of all sizes, by the medians, in units of work a second.
double peak_rate(std::span<const GrainSeries> sizes);

/// How the best rate went on where a sweep of sizes ends: what tells whether its peak was reached.
struct SweepEnd {
  double before = 0;  ///< the largest size that is at most half of the largest; 0: there is none
  double last = 0;    ///< the largest size
  double rise = 0;    ///< the best rate of all, divided by the best of sizes up to `before`

  /// The share of the true peak that was reached, where a task costs a constant time beside its work: with
  /// k = last / before it is (k - rise) / (k - 1), 1 where the rate rose no more, and 0 where it rose as much
  /// as the size, as that of tasks does whose work does not grow.
  double share_of_peak() const;

  /// Whether at least nine tenths of the peak were reached: a METG is then too low by a tenth at most.
  bool peak_reached() const { return share_of_peak() >= 0.9; }
};

/// Of the best of all that were measured; any number of series may be of one size.
SweepEnd sweep_end(std::span<const GrainSeries> sizes);

/// The share of the peak that each size reaches, by the medians; the tasks with the most work first.
std::vector<Efficiency> efficiency_curve(std::span<const GrainSeries> sizes, unsigned workers, double peak);

/// Where the curve, from the longest tasks on, first falls below the share: between the two sizes around it,
/// in a straight line over 1 ÷ granularity, which is exact where a task costs a constant time beside its
/// work. Nothing where the longest tasks do not reach the share, or where the shortest still do.
std::optional<double> granularity_at(std::span<const Efficiency> curve, double share);

/// METG(50 %), with a 95 % bootstrap interval over samples. `peak` is the best that was measured in the same
/// run with as many workers, and is not resampled; 0 takes the best of these sizes. Nothing where the curve
/// does not cross.
std::optional<Metg> metg(std::span<const GrainSeries> sizes, unsigned workers, double peak,
                         std::uint64_t seed);

/// METG(50 %) in each resample, infinite where its curve does not cross. Rounds are drawn, for all sizes at
/// once, and the same ones from the same seed: what two backends find in resample i, with as many rounds, is
/// of the same rounds.
std::vector<double> resampled_metgs(std::span<const GrainSeries> sizes, unsigned workers, double peak,
                                    std::uint64_t seed);

}  // namespace runoff
