#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "claims/cells.h"
#include "statistics/cells.h"
#include "statistics/standing.h"
#include "statistics/verdict.h"

namespace runoff {

/// What samples say of a rule of thumb.
enum class Truth {
  holds,          ///< in every place
  does_not_hold,  ///< in no place
  depends,        ///< in some places it does, in others not
  undecided,      ///< too few samples, or none can be had
};

/// "does not hold".
const char* to_word(Truth answer);

/// What they say in one place.
enum class Said { yes, no, open, absent };

/// "yes", "no", "open", "n/a".
const char* to_word(Said said);

struct PlaceAnswer {
  const Comparison* comparison = nullptr;
  Said said = Said::open;
  std::optional<Estimate> figure = {};  ///< with the bounds that `said` rests on
  std::size_t rounds = 0;               ///< that it rests on
  std::optional<unsigned> enough = {};  ///< about how many would settle what is open
  bool more_would_help = false;         ///< of what is open
  std::string why = {};                 ///< of what is absent, or fails
};

struct ClaimAnswer {
  const Claim* claim = nullptr;
  Truth answer = Truth::undecided;
  std::vector<PlaceAnswer> places;
  std::string why = {};  ///< of one that this machine cannot answer at all

  /// Places where it said this, in words: "in CPython and in C++".
  std::string places_that(Said said) const;
  /// The most rounds that an open place is likely to need beyond those it has; 0: none is open, or it is not
  /// known.
  unsigned rounds_more() const;
};

/// Answers a claim from the samples so far.
///
/// A comparison says yes where the whole interval of its figure lies on the confirming side of its threshold,
/// and no where it lies on the other side. It never does both, so an answer never turns into its contrary by
/// noise, but for the 2.5 of 100 cases that each bound allows, over all looks. A comparison of a status says
/// yes as soon as one sample ends so, since what may never happen has then happened; where the status is
/// `ok`, when all of as many as a verdict takes do. What is unsupported here says nothing.
ClaimAnswer answer_claim(const FoundClaim& claim, std::span<const Cell> cells, const Rules& rules);

std::vector<ClaimAnswer> answer_all(std::span<const FoundClaim> claims, std::span<const Cell> cells,
                                    const Rules& rules);

/// How far the claims of a run are, for the race: which cells still decide one.
Standing standing_of(std::span<const FoundClaim> claims, std::span<const Cell> cells, const Rules& rules);

}  // namespace runoff
