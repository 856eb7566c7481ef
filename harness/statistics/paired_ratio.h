#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "statistics/bootstrap.h"

namespace runoff {

/// The ratio of two series, from the rounds that both have.
///
/// What slows the machine for a while slows all samples of a round, and cancels in their ratio. The estimate
/// is Hodges and Lehmann's: the median of the means of all pairs of log ratios; single late samples move it
/// little. Bounds are Wilcoxon's, which hold whatever the noise is, as long as it is the same for both
/// series; where the rounds are too few for the level (fewer than 6 for 2.5 %), Student's, on log ratios.
class PairedRatio {
 public:
  PairedRatio(const Series& one, const Series& other);

  std::size_t rounds() const { return logs_.size(); }
  /// The value, and bounds below and above which the ratio lies in at most `level` of all cases each. Without
  /// a common round there is no value, and with one there are no bounds: 0 and infinite.
  Estimate estimate(double level) const;
  /// Of the logarithm of the ratio in one round: Rousseeuw and Croux' Qn, which up to half of the rounds can
  /// be as far away as they like without moving far ("Alternatives to the Median Absolute Deviation", JASA
  /// 1993). Agrees with the standard deviation where the noise is normal. Infinite with fewer than 2 rounds.
  double spread() const;

 private:
  double walsh_average(std::size_t place) const;

  std::vector<double> logs_;  ///< of the ratios, in rising order
};

/// The ratio with its 95 % interval; nothing with fewer common rounds than a verdict takes.
std::optional<Estimate> ratio_estimate(const Series& one, const Series& other);

}  // namespace runoff
