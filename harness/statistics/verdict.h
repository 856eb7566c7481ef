#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/cells.h"
#include "statistics/looks.h"

namespace runoff {

enum class Verdict { fastest, tied, slower, inconclusive, too_few, idle_workers, kept_out };

/// As in summary.csv; empty for those that have a status instead.
const char* to_word(Verdict verdict);

/// What a verdict goes by.
struct Rules {
  double precision = usual_precision;  ///< what is surely less than this behind the best is tied with it
  Looks looks = {};                    ///< when the run could have stopped
};

/// What can be said of one cell of a group.
struct Judgement {
  Verdict verdict = Verdict::kept_out;
  std::string word;                      ///< as in summary.csv; of a cell that is kept out, its status
  std::optional<std::size_t> rank = {};  ///< by median, from 1; of comparable cells
  std::optional<Estimate> ratio =
      {};  ///< to the best: the value to that with the least median, the bounds those
           ///< that the verdict rests on, which hold for whichever is the best
  std::optional<double> visible = {};   ///< how much slower than the first of the group it would have to be,
                                        ///< at least, to be called slower; 0.02 is 2 %
  std::optional<unsigned> enough = {};  ///< about how many rounds would settle what is inconclusive
  bool beaten = false;                  ///< surely slower than some other: itself, and not only its choice
};

/// What is compared with others of its group: measurements of which less is better.
struct Contender {
  Status status = Status::ok;      ///< the worst of its samples
  const Series* series = nullptr;  ///< of those that are ok
  std::size_t choice = 0;  ///< contenders of one choice are settings of one thing: of the same backend, with
                           ///< other numbers of workers

  bool idle = false;  ///< not all of its workers ever took part: its time is not for their number

  /// Right in every sample, and measured often enough to be compared.
  bool comparable() const { return status == Status::ok && !idle && series->size() >= fewest_samples; }
};
/// A cell, by its times.
Contender contender(const Cell& cell, std::size_t choice);

/// Compares all contenders with the best of them (Hsu 1984, "Constrained simultaneous confidence intervals
/// for multiple comparisons with the best"), one judgement for each. The best is not known, so all pairs are
/// compared, by the ratios of their rounds (`PairedRatio`).
///
/// - `slower`: some other is surely faster than every setting of this choice.
/// - `fastest`: of every other choice all settings are surely slower than some other.
/// - `tied`: some setting of this choice is surely less than the precision slower than the best, which may be
///   any that is not surely slower.
/// - `inconclusive`: none of these is sure.
///
/// What is called slower in error, of a whole group and over all looks, is so in at most 5 of 100 groups; so
/// is what is called tied in error. The first is divided among all pairs both ways, since all may be equal;
/// the second among the others of the best one.
///
/// One with a sample that is not ok is kept out by its status; one with too few samples is `too-few`; one
/// whose workers did not all take part in any execution is `idle-workers`, though there was work for all of
/// them.
std::vector<Judgement> judge(std::span<const Contender> group, const Rules& rules);

/// Compares cells by their times.
std::vector<Judgement> judge_times(std::span<const Cell* const> group, const Rules& rules);

/// Cells of one problem, where each choice may have several numbers of workers, and is shown with one.
struct ChosenCell {
  std::size_t choice = 0;
  const Cell* cell = nullptr;
  Judgement judgement;
};
/// Of each cell the number of its backend and variant, in the order in which they come.
std::vector<std::size_t> backends_and_variants(std::span<const Cell* const> cells);
/// Compares choices: `choice_of` says to which each cell belongs. One for each choice, by rank, then those
/// without one: at the number of workers where its median is least, but judged with all of them in mind.
std::vector<ChosenCell> judge_choices(std::span<const Cell* const> cells,
                                      std::span<const std::size_t> choice_of, const Rules& rules);

}  // namespace runoff
