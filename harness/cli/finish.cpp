#include "cli/finish.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "cli/commands.h"
#include "cli/resume_hint.h"
#include "support/text.h"

namespace runoff {
namespace {

std::vector<Sample> read_all(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return read_samples(parse_csv(text.view()));
}

void tell_what_is_left_out(const RunOptions& options, const RunFolder& folder, const Plan& plan,
                           const RunEnd& end) {
  if (end.left_out == 0) return;
  fmt::print(stderr,
             "warning: the budget was spent after {} of {} rounds; {} of {} samples are left out; to have "
             "them: {}\n",
             end.whole_rounds, plan.samples, end.left_out, plan.cells.size() * plan.samples,
             resume_command(options.command_line, folder.path()));
}

}  // namespace

int finish(const RunOptions& options, const RunFolder& folder, const Plan& plan, const RunEnd& end) {
  if (end.interrupted) {
    fmt::print(stderr, "runoff: interrupted; what was measured is in {}; to go on: {}\n",
               folder.samples().string(), resume_command(options.command_line, folder.path()));
    return exit_interrupted;
  }
  const auto samples = read_all(folder.samples());
  tell_what_is_left_out(options, folder, plan, end);
  if (!options.quiet)
    for (const auto& file : {folder.samples(), folder.environment()}) fmt::print("{}\n", file.string());
  const bool failed =
      std::any_of(samples.begin(), samples.end(), [](const Sample& s) { return is_failure(s.status); });
  return failed ? exit_some_failed : exit_well;
}

}  // namespace runoff
