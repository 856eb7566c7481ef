#include <fmt/format.h>

#include <csignal>
#include <exception>

#include "cli/commands.h"
#include "cli/limits.h"
#include "cli/parse.h"
#include "support/begin_afresh.h"
#include "support/errors.h"
#include "support/standard_streams.h"
#include "support/text.h"

namespace {

/// In one line, whatever stands in the words that it quotes.
int complain(const std::string& message, int status) {
  runoff::say(fmt::format("runoff: {}\n", runoff::printable(message)));
  return status;
}

/// What the command line asks for; returns runoff's exit status.
int answer(const std::vector<std::string>& command_line) {
  const auto parsed = runoff::parse(command_line);
  if (const int* status = std::get_if<int>(&parsed)) return *status;
  return std::get<runoff::Action>(parsed)();
}

}  // namespace

int main(int count, char** arguments) {
  runoff::begin_afresh();
  runoff::wait_for_readers();
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away ends no measurement
  try {
    runoff::require_room_on_the_stack();
    const int status = answer({arguments, arguments + count});
    const std::string problem = runoff::output_problem();
    if (problem.empty() || status == runoff::exit_interrupted) return status;
    return complain(problem, runoff::exit_unusable);
  } catch (const runoff::UsageError& error) {
    return complain(error.what(), runoff::exit_usage);
  } catch (const std::exception& error) {  // MachineError, and what the standard library throws
    const std::string problem = runoff::output_problem();
    return complain(problem.empty() ? runoff::with_remedy(error) : problem, runoff::exit_unusable);
  }
}
