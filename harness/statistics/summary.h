#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/cells.h"
#include "statistics/verdict.h"

namespace runoff {

/// The median over samples, of a cell that is not kept out.
struct MedianTime {
  std::optional<double> median_ns;
  std::optional<Estimate> interval;  ///< where there are enough samples
};
MedianTime median_time(const Series& times, Status status);

/// What is known of one cell by itself and against the reference, by the times by which cells are compared.
struct Figures : MedianTime {
  std::size_t n = 0;  ///< samples that are ok
  std::optional<double> speedup;
  std::optional<Estimate> speedup_interval;
  std::optional<double> efficiency;  ///< speed-up over workers
};

/// The figures of `cell`, against its reference among `cells`.
Figures figures(const Cell& cell, std::span<const Cell> cells);

/// A row of summary.csv.
struct SummaryRow {
  const Cell* cell = nullptr;
  Figures figures;
  Judgement judgement;
};

/// One row for each cell, each judged in its group: same problem, same workers, and the reference. By
/// problem, workers and rank. The reference itself is judged among cells with one worker. Rows point into
/// `cells`.
std::vector<SummaryRow> summarize(std::span<const Cell> cells, const Rules& rules);

/// One problem's backends (each variant by itself), at the number of workers where their median is least,
/// judged against each other at all numbers of workers. By rank, then those without one.
struct Contest {
  const Problem* problem = nullptr;
  const Cell* reference = nullptr;  ///< null where it is missing or kept out
  std::vector<SummaryRow> rows;
};

/// One contest for each problem. Points into `cells`.
std::vector<Contest> contests(std::span<const Cell> cells, const Rules& rules);

}  // namespace runoff
