#include "doctor/shell.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/list.h"

namespace runoff {

Finding check_priority(int nice) {
  Finding finding{.name = "priority", .seen = fmt::format("nice {}", nice)};
  if (nice <= 0) {
    finding.means =
        nice < 0 ? "cells go before other programs" : "cells share the cores evenly with other programs";
    return finding;
  }
  finding.level = Level::warn;
  finding.means = "every other program goes first: samples look slow whenever one runs";
  finding.mend = as_root("renice -n 0 -p $$");
  return finding;
}

Finding check_variables(const SteeringVariables& variables) {
  std::vector<std::string> in_force, kept_out;
  for (const auto& [name, value] : variables.of_all_cells) in_force.push_back(name);
  for (const auto& [name, value] : variables.of_one_runtime) kept_out.push_back(name);
  Finding finding{.name = "variables"};
  if (!in_force.empty()) {
    finding.level = Level::warn;
    finding.seen = listed(in_force) + (in_force.size() == 1 ? " is set" : " are set");
    finding.means = "all cells are given this, so what is found is found under it alone";
    finding.mend = fmt::format("unset {}", fmt::join(in_force, " "));
  } else if (!kept_out.empty()) {
    finding.seen = listed(kept_out) + (kept_out.size() == 1 ? " is set" : " are set");
    finding.means = "cells are not given this, as it would steer some of the runtimes only";
  } else {
    finding.seen = "none that steers a runtime";
    finding.means = "runtimes run as their variants say";
  }
  return finding;
}

}  // namespace runoff
