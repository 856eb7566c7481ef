#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "plan/plan.h"
#include "run/budget.h"
#include "run/costs.h"

namespace runoff {

/// Parts of a plan that a run has no time for; see plan/parts.h.
struct LeftOut {
  std::vector<unsigned> parts;         ///< in their order
  std::chrono::nanoseconds budget{0};  ///< what there is
  std::chrono::nanoseconds enough{0};  ///< about how much would do for all parts, with as many samples as a
                                       ///< verdict takes
};

/// Which parts of a plan are measured. Where the budget is too short for all of them, some are left out as a
/// whole, so that those that are kept get as many samples as a verdict takes (`fewest_samples`).
///
/// The first round times the cells. A part is left out before it begins when it would not fit beside the more
/// important ones, and while it is measured when its cells turn out to take longer. Later a part is left out
/// when the machine has become slower.
class KeptParts {
 public:
  using Time = std::chrono::nanoseconds;

  /// Goes by what is learnt in `costs`, and by how many samples each cell has in `taken`. Each cell that is
  /// kept is to have `for_a_verdict`, whatever else.
  KeptParts(const Plan& plan, const Budget& budget, const Costs& costs, const std::vector<unsigned>& taken,
            unsigned for_a_verdict);

  std::size_t count() const { return parts_.size(); }
  std::span<const std::size_t> cells(unsigned part) const { return parts_[part].cells; }
  bool keeps(unsigned part) const { return parts_[part].kept; }

  /// Whether a part is measured. Decided when its first cell comes: a part of a problem that no sample was
  /// taken of yet is begun to see how long it takes.
  bool begin(unsigned part);
  /// How long each of so many samples of the first round may take while other parts are kept: so long that as
  /// many as a verdict takes fit into the budget, and the samples that parts before this one still need.
  Time most_in_first_round(unsigned part, std::size_t samples) const;
  /// Whether a sample of the part was taken in the first round.
  bool is_timed(unsigned part) const { return parts_[part].first_round > Time{0}; }
  /// That a sample of the first round took so much: the part may turn out to be too long.
  void note_first_round(unsigned part, Time time);
  void leave_out(unsigned part) { parts_[part].kept = false; }

  /// Leaves parts out, the least important first, until what verdicts still need fits; never the last one.
  /// True where that changed any.
  bool make_room();
  /// Where no part fits, the shortest of those that were begun is kept after all: true then.
  bool keep_the_shortest();
  /// The next part, beginning with `first`, that was left out and that there is time for after all: the
  /// machine may have become faster, or a part have taken less than was feared. It is kept from now on.
  std::optional<unsigned> bring_back(unsigned first);

  /// What the parts that are kept still take for each cell to have so many samples.
  Time needed(unsigned samples) const;
  /// Samples that there will be, where each cell that is kept gets so many at least.
  std::size_t all_samples(unsigned least) const;
  LeftOut left_out() const;

 private:
  struct Part {
    std::vector<std::size_t> cells;
    bool kept = true;
    bool begun = false;
    Time first_round{0};  ///< what its first samples took so far
  };

  std::size_t kept() const;
  Time needed(const Part& part, unsigned samples) const;
  Time needed_of_begun() const;  ///< for verdicts, of parts that are kept
  bool is_too_long(const Part& part) const;

  const Budget& budget_;
  const Costs& costs_;
  const std::vector<unsigned>& taken_;
  unsigned for_a_verdict_;
  std::vector<Part> parts_;
};

}  // namespace runoff
