#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "advise/neighbours.h"
#include "report/names.h"
#include "report/page.h"
#include "statistics/summary.h"

namespace runoff {

/// What became of one choice at a neighbour.
struct AtNeighbour {
  const Neighbour* neighbour = nullptr;
  const Contest* contest = nullptr;  ///< null: it was left out, or nothing could be judged
  std::optional<Estimate> behind;    ///< how many times as long as the best the choice takes, where it is
                                     ///< surely slower
};

/// Which backend to take for described work. Points into contests.
struct Advice {
  const Contest* contest = nullptr;    ///< of the work as it is described
  const SummaryRow* choice = nullptr;  ///< null where nothing could be judged
  std::vector<AtNeighbour> neighbours;

  std::size_t measured() const;       ///< neighbours that could be judged
  std::size_t surely_behind() const;  ///< neighbours at which the choice is surely slower than another
};

/// Takes, of those that win, tie, or else lead, the one that is surely slower at the fewest neighbours, as
/// far as they were measured. `contests` are those of the neighbours, in their order, null where there is
/// none.
Advice advise(const Contest& contest, std::span<const Neighbour> neighbours,
              std::span<const Contest* const> contests);

/// Those that may be the best where the description is off, for neighbours to be measured with: the first
/// ones that are not surely far behind.
std::vector<const SummaryRow*> contenders(const Contest& contest);

/// How much the answer changes where the description is off by a factor of two: a sentence.
std::string sensitivity_sentence(const Advice& advice, const Names& names);
/// And a table of the neighbours.
std::string neighbours_text(const Advice& advice, const Names& names, const Page& page);

}  // namespace runoff
