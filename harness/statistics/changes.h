#pragma once

#include <optional>
#include <span>
#include <vector>

#include "statistics/cells.h"

namespace runoff {

/// What became of a cell from one run to another.
enum class Change {
  slower,        ///< surely, by more than the threshold
  faster,        ///< surely, by more than the threshold
  same,          ///< surely by less than the threshold, either way
  inconclusive,  ///< none of these is sure
  too_few,       ///< fewer samples than a verdict takes
  kept_out,      ///< not ok in one of the runs
};
/// "slower", as tables and scripts have it.
const char* to_word(Change change);

/// A cell that both runs have.
struct ChangedCell {
  const Cell* before = nullptr;
  const Cell* after = nullptr;
  Change change = Change::kept_out;
  std::optional<Estimate> ratio = {};  ///< after to before, with the bounds that the word rests on
};

/// How rounds of the two runs belong together.
enum class Pairing {
  apart,     ///< measured at other times: what changed on the machine is in the ratio
  together,  ///< interleaved: round by round
};

/// Compares cells with the same problem, backend, variant and workers, of at most 5 in 100 pairs of runs one
/// is called slower or faster in error (Bonferroni). Points into both.
std::vector<ChangedCell> changes(std::span<const Cell> before, std::span<const Cell> after, Pairing rounds,
                                 double threshold);

}  // namespace runoff
