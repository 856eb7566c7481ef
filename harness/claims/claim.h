#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cell/outcome.h"
#include "plan/selection.h"

namespace runoff {

/// One figure of one cell, which is chosen as on the command line: one workload, backend and number of
/// workers.
struct ClaimSide {
  Selection cell;
  std::string quantity = "typical_ns";  ///< see quantity.h
};

/// What would confirm a claim in one place, and by the same threshold what would refute it.
struct Comparison {
  std::string place;   ///< "in CPython": what an answer depends on
  std::string figure;  ///< a sentence with {} for the figure: "threads take {} × as long as processes"
  ClaimSide of;
  std::optional<ClaimSide> to;              ///< what `of` is divided by; nothing: `of` is the figure
  std::optional<double> at_least, at_most;  ///< one of them, or `status`
  std::optional<Status> status;             ///< instead of a figure: how a sample of the cell is to end
};

/// A rule of thumb, as a file of the folder `claims` has it.
struct Claim {
  unsigned number = 0;
  std::string name = {};       ///< of its file
  std::string sentence = {};   ///< in our words
  std::string stands_in = {};  ///< where it is said: "article a"
  std::string published = {};  ///< the figure that is given there; empty: none is
  std::string page = {};       ///< what explains it
  std::vector<Comparison> comparisons = {};
  std::vector<std::string> shows = {};  ///< lines to be shown as they are: a diff
  unsigned memory_nodes = 1;            ///< without as many, this machine cannot answer it
};

}  // namespace runoff
