#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "plan/plan.h"
#include "record/sample.h"
#include "statistics/verdict.h"

namespace runoff {

/// Which verdicts of a run are settled, and which cells still decide one: the samples so far, judged as a
/// report would judge them.
class Race {
 public:
  explicit Race(const Plan& plan);

  /// `cell` is its number in the plan.
  void add(std::size_t cell, const Sample& sample);

  /// A comparison that is not settled.
  struct Open {
    std::vector<std::size_t> cells;  ///< that decide it
    std::size_t verdicts = 0;        ///< that are open
    std::optional<unsigned> enough;  ///< about how many rounds would settle them
    unsigned rounds = 0;             ///< that its cells have, at least
  };
  struct State {
    std::size_t verdicts = 0;
    std::size_t settled = 0;
    std::vector<Open> open;
  };
  /// By the samples of the first `rounds` rounds alone, so that a run that was interrupted decides as it
  /// would have.
  State after(unsigned rounds) const;

 private:
  Rules rules_;
  std::vector<Sample> samples_;
  std::map<std::int64_t, std::size_t> cell_of_;  ///< by the sample's order
};

}  // namespace runoff
