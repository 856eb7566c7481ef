#include "cli/left_out.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/command_line.h"
#include "plan/parts.h"
#include "support/json.h"
#include "support/text.h"

namespace runoff {
namespace {

/// A budget for a command line: whole minutes from one minute on, else tens of seconds.
std::string round_budget(std::chrono::nanoseconds enough) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(enough).count();
  if (seconds <= 60) return fmt::format("{}s", (seconds + 9) / 10 * 10);
  return fmt::format("{}min", (seconds + 59) / 60);
}

}  // namespace

Json describe_left_out(const LeftOut& left_out, const Plan& plan, std::span<const std::string> command_line) {
  auto described = Json::array();
  if (left_out.parts.empty()) return described;
  auto cells = Json::array();
  for (const PlannedCell& cell : plan.cells)
    if (std::find(left_out.parts.begin(), left_out.parts.end(), cell.part) != left_out.parts.end())
      cells.push_back(cell.label);
  const std::string what = name_parts(plan.cells, left_out.parts);
  const std::string why =
      fmt::format("the budget of {} is too short for it on this machine", format_time(left_out.budget));
  const std::string command = with_budget(command_line, round_budget(left_out.enough));
  const std::string sentence = fmt::format("left out: {} ({} of {} cells), as {}; to have all: {}", what,
                                           cells.size(), plan.cells.size(), why, command);
  described.push_back({{"what", what},
                       {"why", why},
                       {"command", command},
                       {"cells", std::move(cells)},
                       {"sentence", sentence}});
  return described;
}

}  // namespace runoff
