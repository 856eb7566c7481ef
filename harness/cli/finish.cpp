#include "cli/finish.h"

#include <fmt/format.h>

#include <iostream>
#include <sstream>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/report_options.h"
#include "support/standard_streams.h"

namespace runoff {

int finish(const RunOptions& options, const RunFolder& folder, const Plan& plan, const RunEnd& end) {
  const std::string resume = resume_command(options.command_line, folder.path());
  if (end.interrupted) {
    say(fmt::format("runoff: interrupted; what was measured is in {}; to go on: {}\n",
                    folder.samples().string(), resume));
    return exit_interrupted;
  }
  std::ostringstream unread;
  ReportOptions looks = report_options();
  looks.exports = options.exports;
  looks.glance = looks.glance && !options.all;
  const bool printed = !options.quiet || options.exports.printed();
  const int status = report({folder.path()}, printed ? std::cout : unread, std::cerr, looks);
  if (end.missing > 0)
    warn(fmt::format("the budget was spent after {} of {} rounds; {} samples are left out; to have them: {}",
                     end.whole_rounds, plan.samples, end.missing, resume));
  return status;
}

}  // namespace runoff
