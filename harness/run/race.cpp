#include "run/race.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "statistics/standing.h"

namespace runoff {

Race::Race(const Plan& plan) : rules_{plan.precision, Looks(plan.looks)} {}

void Race::add(std::size_t cell, const Sample& sample) {
  samples_.push_back(sample);
  cell_of_[sample.order] = cell;
}

Race::State Race::after(unsigned rounds) const {
  std::vector<Sample> so_far;
  std::copy_if(samples_.begin(), samples_.end(), std::back_inserter(so_far),
               [rounds](const Sample& sample) { return sample.sample <= rounds; });
  const std::vector<Cell> cells = gather_cells(so_far);
  const Standing standing = runoff::standing(cells, rules_);
  State state{standing.verdicts, standing.settled, {}};
  for (const OpenQuestion& question : standing.open) {
    Open open{{}, question.verdicts, question.enough, std::numeric_limits<unsigned>::max()};
    for (const Cell* cell : question.cells) {
      open.cells.push_back(cell_of_.at(cell->samples.front().order));
      open.rounds = std::min(open.rounds, static_cast<unsigned>(cell->wall.size()));
    }
    state.open.push_back(std::move(open));
  }
  return state;
}

}  // namespace runoff
