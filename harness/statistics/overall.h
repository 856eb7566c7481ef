#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "statistics/summary.h"

namespace runoff {

/// How one backend does over all contests.
struct Overall {
  std::string name;
  /// The geometric mean of its times to the best (Fleming and Wallace 1986: the only mean of ratios that does
  /// not depend on what they are against). The ends are the means of the bounds that its verdicts rest on:
  /// surely at least, and at most.
  Estimate times;
  std::size_t contests = 0;  ///< in which it is ranked
  std::size_t best_in = 0;   ///< of these, in which it is fastest or tied
};

/// By the mean, the least first. Only what is ranked in every contest that ranks any has a mean; nothing with
/// fewer than two such contests. `name_of` tells which cells of different contests are of one backend:
/// variants differ with the shape of the work.
std::vector<Overall> overall(std::span<const Contest> contests,
                             const std::function<std::string(const Cell&)>& name_of);

}  // namespace runoff
