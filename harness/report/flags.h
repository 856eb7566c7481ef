#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "report/names.h"
#include "statistics/cells.h"

namespace runoff {

/// A kind of oddity, and the cells that have it.
struct Oddity {
  struct Seen {
    const Cell* cell;
    std::string text;  ///< what was seen: "20 ns and 40 ns"
  };
  std::string title, advice;
  std::vector<Seen> seen;
};

/// The kinds that some cell has. Of cells with samples that are marked as disturbed, where
/// `disturbances_told`, only what a disturbance does not explain. Points into `cells`.
std::vector<Oddity> oddities(std::span<const Cell> cells, std::optional<std::int64_t> cores,
                             bool disturbances_told);

/// What looks odd, in words that say what to do. Nothing is removed because of it. One line for each cause or
/// kind of oddity, however many cells have it; `cores` that cells could use, where it is known. Of cells with
/// samples that are marked as disturbed, and said to be, only what a disturbance does not explain is told.
std::vector<std::string> flags(std::span<const Cell> cells, const Names& names,
                               std::optional<std::int64_t> cores);

// Single oddities, each of one cell. The text says what was seen; empty where all is well.

/// Times in two groups with nothing between: at least two samples on each side, a gap of at least 10 % and
/// wider than twice the larger group's own spread.
std::string two_modes(const Cell& cell);

/// The first round took at least 20 % longer than any other, and more than the others' spread beyond them.
std::string slow_first(const Cell& cell);

/// Fewer samples than a verdict needs.
std::string few_samples(const Cell& cell);

/// No execution in which as many workers ran tasks as there were workers and tasks.
std::string idle_workers(const Cell& cell);

/// Some such executions, but less than half of all.
std::string late_workers(const Cell& cell);

/// Work of processors that was surely sped up more, against serial, than by as many times as it had workers.
std::string too_fast(const Cell& cell, std::span<const Cell> cells);

/// Executions of which some take so much longer than most that their mean is at least 10 % above the typical
/// one, and three times as far as it usually is in cells of the same problem.
std::string stalls(const Cell& cell, std::span<const Cell> cells);

/// Workers that were put off their cores, although there were cores enough: by other programs more than 100
/// times a second, or, where these hardly ran, by threads of their own backend more than 1000 times.
std::string disturbed(const Cell& cell, std::optional<std::int64_t> cores, bool by_others = true);

}  // namespace runoff
