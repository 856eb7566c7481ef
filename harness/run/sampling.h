#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "plan/plan.h"
#include "run/budget.h"
#include "run/costs.h"
#include "run/kept_parts.h"
#include "run/race.h"
#include "run/runner.h"

namespace runoff {

/// How far a run is.
struct Progress {
  std::size_t done = 0;               ///< samples, those of an earlier session included
  std::size_t total = 0;              ///< samples that all parts that are kept are sure to get
  std::size_t verdicts = 0;           ///< that a run with looks is to settle; 0 before its first
  std::size_t settled = 0;            ///< of these
  std::chrono::nanoseconds left{0};   ///< estimate for the rest
  const PlannedCell* cell = nullptr;  ///< what was measured last
  const Sample* sample = nullptr;
};

/// How a run ended.
struct RunEnd {
  bool interrupted = false;
  unsigned whole_rounds = 0;         ///< rounds of which no sample of a kept part is missing
  std::size_t taken = 0;             ///< samples, those of an earlier session included
  std::size_t missing = 0;           ///< samples of kept parts that the budget left no time for
  std::size_t verdicts = 0;          ///< of a run with looks
  std::size_t settled = 0;           ///< of these
  std::chrono::nanoseconds more{0};  ///< about how much time the others need, as far as that can be said
  LeftOut left_out;
};

/// Takes the samples of a plan in its order: round by round, each round in an order of its own. Where the
/// budget is too short for all of it, parts of the plan are left out (see KeptParts). Rounds beyond those
/// that a verdict takes are only begun when they fit.
///
/// The cells of one comparison take turns, as far as the runner lets them, but for the first one of the first
/// round, which shows how long they take.
///
/// Where others disturbed samples, and a budget has time left after the plan's last round, as many further
/// rounds of the same problems follow, up to half as many as the plan has. All count: nothing is taken out.
///
/// Where the plan has looks, cells race: at each look, only those that still decide an open verdict go on.
/// With a budget, the comparisons that need the least time for each of their open verdicts go on first.
class Sampling {
 public:
  /// What is told while it goes on.
  struct Told {
    std::function<void(const Sample&)> sample;      ///< a sample was taken: it is to be kept
    std::function<void(const Progress&)> progress;  ///< after each sample
    std::function<void(const LeftOut&)> left_out;   ///< which parts are left out has changed: all that are
  };

  /// `run_name` stands in each sample. Where the plan has looks, `judge` says what is open.
  Sampling(const Plan& plan, std::string run_name, Runner& runner, Budget budget, Told told,
           Judge judge = standing);

  /// A cell that is not to be measured, and why: its samples are `skipped`.
  void skip(std::size_t cell, std::string why);
  /// Samples of an earlier session of the same run: they are not taken again. Throws MachineError for one
  /// that is not of this plan.
  void resume(std::span<const Sample> samples);

  /// Goes on until all is measured, the run is interrupted, or the budget is spent. Throws what the runner
  /// and `Told` throw.
  RunEnd run();

 private:
  enum class Step { taken, left_out, out_of_time, interrupted };
  /// A cell to be measured, and the place of its sample in the order.
  struct Next {
    std::size_t cell;
    std::size_t place;
  };

  unsigned most_rounds() const;
  Step measure_round(unsigned round);
  Step repeat_disturbed();
  /// Whether this sample is one that the run is to take, as far as there is time.
  bool wanted(std::size_t cell, unsigned round) const;
  /// What a round still takes.
  std::chrono::nanoseconds needed_in(unsigned round, std::span<const std::size_t> order) const;
  Step measure_missing(unsigned round, std::span<const std::size_t> order);
  bool may_take_turns(std::size_t cell, std::size_t other, unsigned round);
  std::optional<std::chrono::nanoseconds> time_for(std::span<const Next> company, unsigned round) const;
  Step measure(std::span<const Next> company, unsigned round);
  Step one_by_one(std::span<const Next> cells, unsigned round);
  /// Of cells that were not given up.
  std::vector<std::optional<Taken>> take(std::span<const std::size_t> cells, std::chrono::nanoseconds limit);
  Taken skipped(std::size_t cell) const;  ///< the sample of a cell that was given up
  void keep(Next next, unsigned round, Taken& taken);
  void tell(Next next, const Sample& sample) const;
  /// Of a sample that was taken, now or in an earlier session.
  void note(std::size_t cell, std::size_t place, const Sample& sample, std::chrono::nanoseconds time);
  void tell_what_is_left_out() const;
  Step bring_back();
  std::chrono::nanoseconds most_left() const;  ///< of a budget, or for what verdicts still need

  const Plan& plan_;
  std::string run_;
  Runner& runner_;
  Budget budget_;
  Told told_;
  unsigned for_a_verdict_;  ///< samples that each kept cell is to have, whatever else
  unsigned for_all_;        ///< samples that each kept cell is to have where there is time
  unsigned most_repeated_;  ///< rounds that follow where others disturbed as many
  Race race_;
  Costs costs_;
  std::vector<unsigned> taken_;  ///< samples of each cell
  KeptParts parts_;
  std::vector<std::set<unsigned>> disturbed_;  ///< by part, rounds of the plan in which others were busy
  std::set<std::size_t> done_;                 ///< places in the order
  std::vector<std::string> given_up_;          ///< why; empty for cells that are measured
};

}  // namespace runoff
