#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/cells.h"

namespace runoff {

enum class Verdict { fastest, tied, slower, inconclusive, too_few, kept_out };

/// A difference below this is none: cells whose whole interval lies under it are tied.
inline constexpr double tie_margin = 1.03;

/// What can be said of one cell of a group.
struct Judgement {
  Verdict verdict = Verdict::kept_out;
  std::string word;                 ///< as in summary.csv; of a cell that is kept out, its status
  std::optional<std::size_t> rank;  ///< by median, from 1; of comparable cells
  std::optional<Estimate> ratio;    ///< to the fastest, with the interval that the verdict rests on
};

/// Compares the cells of a group, one judgement for each.
///
/// The one with the least median is the fastest. Each other is judged by the interval of the ratio of its
/// median to the fastest's, at the level that Holm's step-down gives it among all of them: `tied` when the
/// whole interval lies under the tie margin, else `slower` when it lies above 1, else `inconclusive`. A cell
/// with a sample that is not ok is kept out by that status (the worst, if there are several); one with too
/// few samples is `too-few`.
std::vector<Judgement> judge(std::span<const Cell* const> group);

}  // namespace runoff
