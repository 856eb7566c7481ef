#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "statistics/verdict.h"

namespace runoff {

/// The ratio of thing `one` to thing `first`, resampled so that its interval may leave out `level`.
using ResampledRatio = std::function<Bootstrap(std::size_t one, std::size_t first, double level)>;

/// Compares things that are no plain times, such as METGs, and of which less is better: a judgement for each.
/// One without a value is kept out.
///
/// Each is judged by the interval of its ratio to the one with the least value, at the level that Holm's
/// step-down gives it among all of them. That one is the `fastest` where all others are surely slower, `tied`
/// where each other is slower or tied, and else `inconclusive`.
std::vector<Judgement> judge_resampled(std::span<const std::optional<double>> values,
                                       const ResampledRatio& ratio, const Rules& rules);

}  // namespace runoff
