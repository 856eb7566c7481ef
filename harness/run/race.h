#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "plan/plan.h"
#include "record/sample.h"
#include "run/costs.h"
#include "statistics/standing.h"
#include "statistics/verdict.h"

namespace runoff {

/// What is asked of the samples of a run: how far its questions are, and which cells decide those that are
/// open.
using Judge = std::function<Standing(std::span<const Cell>, const Rules&)>;

/// Which verdicts of a run are settled, and which cells still decide one: the samples so far, judged as a
/// report would judge them, or as another judge does. Where the plan has no looks all cells go on, and
/// nothing is kept.
///
/// A question is looked at when its cells have as many samples as a look of the plan says, whatever other
/// questions are at by then.
class Race {
 public:
  using Time = std::chrono::nanoseconds;

  explicit Race(const Plan& plan, Judge judge = standing);

  /// `cell` is its number in the plan.
  void add(std::size_t cell, const Sample& sample);

  /// A comparison that is not settled.
  struct Open {
    std::vector<std::size_t> cells;  ///< that decide it
    std::vector<unsigned>
        enough;            ///< of each verdict, about how many rounds would settle it, in rising order
    unsigned samples = 0;  ///< that its cells have, at least
  };
  struct State {
    std::size_t verdicts = 0;
    std::size_t settled = 0;
    std::vector<Open> open;
  };
  /// With every sample, as a report judges.
  State now() const;

  /// Before round `rounds`: decides which cells go on in it; false where none does. It goes by the samples of
  /// the rounds before alone, so that a run that was interrupted decides as it would have. With a budget, of
  /// which `left` is left, questions come first of which verdicts are settled soonest, and what they leave no
  /// time for waits.
  bool look(unsigned rounds, const Costs& costs, std::optional<Time> left);
  /// Where there is no time for another round of all that goes on: the question that was to be settled last
  /// goes on no more. False where none is left.
  bool narrow();
  bool goes_on(std::size_t cell) const { return going_on_[cell]; }
  /// At the last look.
  const State& state() const { return state_; }
  /// What all verdicts still take; where it cannot be said how many rounds, as many as there are.
  Time to_settle(const Open& open, const Costs& costs) const {
    return until(open, open.enough.back(), costs);
  }
  Time to_settle(const State& state, const Costs& costs) const;

 private:
  /// The time to settle those of a question's verdicts that take the least time each.
  struct Next {
    Time time{0};
    Time each{0};
  };
  std::vector<unsigned> samples_before(unsigned rounds) const;
  /// How many of so many samples count: those up to the last look.
  unsigned looked_at(unsigned samples) const;
  /// Of each cell the first samples of rounds before `rounds`, as many as `most` says.
  State judged(unsigned rounds, const std::vector<unsigned>& most) const;
  void choose(const Costs& costs, std::optional<Time> left);
  Next next(const Open& open, const Costs& costs) const;
  Time until(const Open& open, unsigned rounds, const Costs& costs) const;
  void let_go_on();

  const Plan& plan_;
  Rules rules_;
  Judge judge_;
  std::vector<Sample> samples_;
  std::map<std::int64_t, std::size_t> cell_of_;  ///< by the sample's order
  std::vector<unsigned> looked_at_;              ///< of each cell, how many samples the last look saw
  std::vector<bool> going_on_;
  State state_;
  std::vector<std::size_t>
      questions_;  ///< that go on, by their places in `state_.open`, the soonest settled first
};

}  // namespace runoff
