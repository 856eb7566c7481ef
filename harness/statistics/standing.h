#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "statistics/cells.h"
#include "statistics/verdict.h"

namespace runoff {

/// One comparison with verdicts that are not settled, and the cells that may still decide it: those that are
/// not surely beaten. What is beaten needs no more samples, as in races for models (Maron and Moore 1994;
/// Birattari et al. 2002).
struct OpenQuestion {
  std::vector<const Cell*> cells;
  /// Of each verdict that is open, about how many rounds in all would settle it, in rising order; `never`
  /// where that cannot be said.
  std::vector<unsigned> enough;

  static constexpr unsigned never = std::numeric_limits<unsigned>::max();
};

/// How far the comparisons of a run are.
struct Standing {
  std::size_t verdicts = 0;  ///< of backends in contests and of prices
  std::size_t settled = 0;   ///< fastest, tied or slower
  std::vector<OpenQuestion> open;
};

/// Judges contests and prices as reports do. Points into `cells`.
Standing standing(std::span<const Cell> cells, const Rules& rules);

}  // namespace runoff
