#pragma once

#include <string>
#include <vector>

#include "report/findings.h"

namespace runoff {

/// One of the twelve rules of Hoefler and Belli ("Scientific Benchmarking of Parallel Computing Systems",
/// SC'15), shortened, and how a run meets it.
struct RuleCheck {
  std::string rule;
  std::string met;  ///< "yes", "partly", "no", or "not asked" where the run has nothing that it is about
  std::string how;
};

/// All twelve, in their order.
std::vector<RuleCheck> checklist(const LoadedRun& run, const Findings& findings, const Names& names);

}  // namespace runoff
