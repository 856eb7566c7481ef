#pragma once

#include "statistics/bootstrap.h"

namespace runoff {

/// The ratio of two series that have no rounds in common, such as those of two runs: the median of all ratios
/// of a value of `one` to a value of `other` (Hodges and Lehmann). Of the bounds each leaves out at most
/// `level`; they are those of Mann and Whitney's rank sum, or, where the samples are too few for the level,
/// Welch's on logarithms. Both need a value; a bound that needs more is 0 or infinite. Source: Hollander,
/// Wolfe and Chicken, "Nonparametric Statistical Methods", 3rd edition, section 4.3.
Estimate unpaired_ratio(const Series& one, const Series& other, double level);

}  // namespace runoff
