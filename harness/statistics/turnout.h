#pragma once

#include <cstdint>
#include <map>

#include "statistics/cells.h"

namespace runoff {

/// How many of its workers took part in the executions of a cell.
struct Turnout {
  std::map<std::int64_t, double> shares;  ///< of its executions, by the number of workers; empty: not known
  std::int64_t useful = 0;                ///< no more could take part: there are no more workers, or tasks

  /// Share of the executions in which all took part that could.
  double full() const;
  /// Whether it is known that in none of them all did.
  bool never_full() const { return !shares.empty() && full() == 0; }
};

/// Of the samples that are ok, each of which counts as much as any other.
Turnout turnout(const Cell& cell);

}  // namespace runoff
