#include "cli/left_out.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/command_line.h"
#include "plan/parts.h"
#include "support/json.h"
#include "support/text.h"

namespace runoff {

Json describe_missing(const Missing& missing) {
  return {{"what", missing.what()},
          {"why", missing.why()},
          {"cells", Json::array()},
          {"sentence", fmt::format("left out: {}, not available here: {}", missing.what(), missing.why())}};
}

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

Json describe_open(const RunEnd& end, const Plan& plan, std::span<const std::string> command_line,
                   const std::filesystem::path& folder) {
  if (end.settled >= end.verdicts) return {};
  const std::size_t open = end.verdicts - end.settled;
  const bool more = end.more.count() > 0;
  const std::string command =
      more ? resume_command(command_line, folder, end.more) : with_samples(command_line, plan.samples * 4);
  const std::string way =
      more ? fmt::format("about {} more may settle {}", format_time(end.more), open == 1 ? "it" : "them")
           : fmt::format("{} samples cannot tell, more may", plan.samples);
  return {{"verdicts", open},
          {"of", end.verdicts},
          {"command", command},
          {"sentence", fmt::format("open: {} of {} verdicts; {}: {}", open, end.verdicts, way, command)}};
}

}  // namespace runoff
