#include "cli/warnings.h"

#include <fmt/format.h>

#include "support/list.h"

namespace runoff {
namespace {

std::vector<std::string> names_of(const Pairs& variables) {
  std::vector<std::string> names;
  for (const auto& [name, value] : variables) names.push_back(name);
  return names;
}

}  // namespace

std::vector<std::string> warnings_before(const SteeringVariables& steering,
                                         std::span<const Finding> findings) {
  std::vector<std::string> warnings;
  for (const Finding& one : findings)
    if (one.level == Level::bad)
      warnings.push_back(fmt::format("{}: {}: {}; 'runoff doctor' has the command that mends it", one.name,
                                     one.seen, one.means));
  if (const auto cleared = names_of(steering.of_one_runtime); !cleared.empty())
    warnings.push_back(
        fmt::format("cells are not given {}, which would steer some of the runtimes only; what can be chosen "
                    "is a variant: "
                    "see 'runoff list backends'",
                    listed(cleared)));
  if (const auto kept = names_of(steering.of_all_cells); !kept.empty())
    warnings.push_back(
        fmt::format("{} {} in force in cells: what is found is found under that; environment.json keeps it",
                    listed(kept), kept.size() == 1 ? "is" : "are"));
  return warnings;
}

}  // namespace runoff
