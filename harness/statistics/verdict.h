#pragma once

#include <functional>
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

/// The ratio of thing `one` to thing `best`, resampled so that its interval may leave out `level`.
using ResampledRatio = std::function<Bootstrap(std::size_t one, std::size_t best, double level)>;

/// Compares things of which less is better, a judgement for each. One without a value is kept out.
///
/// The least is the fastest. Each other is judged by the interval of its ratio to the fastest, at the level
/// that Holm's step-down gives it among all of them: `tied` when the whole interval lies under the tie
/// margin, else `slower` when it lies above 1, else `inconclusive`.
std::vector<Judgement> judge(std::span<const std::optional<double>> values, const ResampledRatio& ratio);

/// What is compared with others of its group: measurements of which less is better.
struct Contender {
  Status status = Status::ok;      ///< the worst of its samples
  const Series* series = nullptr;  ///< of those that are ok

  /// Right in every sample, and measured often enough to be compared.
  bool comparable() const { return status == Status::ok && series->size() >= fewest_samples; }
};

/// Compares contenders by their medians, one judgement for each.
///
/// One with a sample that is not ok is kept out by its status; one with too few samples is `too-few`.
std::vector<Judgement> judge(std::span<const Contender> group);

/// Compares cells by their times.
std::vector<Judgement> judge_times(std::span<const Cell* const> group);

}  // namespace runoff
