#pragma once

#include <optional>
#include <span>

#include "statistics/cells.h"

namespace runoff {

/// How the speed of the machine changed while a run was taken.
struct Drift {
  double change =
      0;  ///< of the time that everything takes, from the first round to the last: 0.1 is 10 % more
  std::size_t rounds = 0;  ///< that were compared
};

/// The common trend of all cells. In each round it takes the median of how much longer cells took than they
/// usually do. The trend of these is the median of the slopes between them (Theil 1950, Sen 1968), and is
/// there where Kendall's test (1938) finds one, with chance in about 3 of 100 runs. Nothing where it does
/// not, where less than 5 % came of it, or where there are fewer than 6 rounds.
std::optional<Drift> find_drift(std::span<const Cell> cells);

}  // namespace runoff
