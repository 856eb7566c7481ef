#include <fmt/format.h>

#include "claims/answer.h"
#include "claims/answers_file.h"
#include "claims/answers_text.h"
#include "claims/read_claims.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/prepare.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "machine/topology.h"
#include "support/errors.h"
#include "support/files.h"
#include "support/json.h"
#include "support/shell.h"
#include "support/standard_streams.h"

namespace runoff {
namespace {

constexpr const char* answers_name = "claims.json";
constexpr const char* table_name = "claims.csv";

/// Those that are named; else those that the folder was begun with; else all.
std::vector<Claim> chosen_claims(const ClaimsCommand& command, const Install& install) {
  const std::vector<Claim> all = read_claims(install.claims());
  if (all.empty()) throw MachineError(fmt::format("there are no claims in '{}'", install.claims().string()));
  if (!command.only.empty() || command.run.out.empty()) return choose_claims(all, command.only);
  return choose_claims(all, claims_of(command.run.out / answers_name));
}

Page page() { return {Painter(has_colour(stdout)), terminal_width(stdout)}; }

std::string go_on_command(const std::filesystem::path& folder) {
  return fmt::format("runoff claims {}", shell_quoted(folder.string()));
}

void tell(std::span<const ClaimAnswer> answers, const ClaimsCommand& command,
          const std::filesystem::path& folder, const RunEnd& end) {
  if (command.json) {
    fmt::print("{}\n", to_text(answers_json(answers), 2));
    return;
  }
  if (command.run.quiet) return;
  fmt::print("{}", claim_answers_text(answers, page()));
  fmt::print("{}, {} and samples.csv are in {}\n", answers_name, table_name, folder.string());
  if (end.settled < end.verdicts || !end.left_out.parts.empty())
    fmt::print("to go on with what is open: {}\n", go_on_command(folder));
}

}  // namespace

int claims(const ClaimsCommand& command) {
  const RunOptions& options = command.run;
  options.time_limit();
  const Install install = find_install();
  const std::vector<Claim> chosen = chosen_claims(command, install);
  if (command.list) {
    fmt::print("{}", claims_text(chosen, page()));
    return exit_well;
  }
  const SteeringVariables steering = find_steering(environ);
  take_out(steering.of_one_runtime);
  Prepared run = look_around(options);
  run.budget = read_time("--budget", options.budget);
  const auto found =
      find_cells(chosen, run.catalog, run.machine.cores, Topology::of_this_machine().memory_nodes());
  make_plan(cells_of(found, run.catalog, run.machine.cores), 0, options, steering.of_all_cells, run);

  Session session(run, options, steering, true);
  const Rules rules{run.plan.precision, Looks(run.plan.looks)};
  const auto answers = [&] { return answer_all(found, gather_cells(session.samples()), rules); };
  const auto write = [&](std::span<const ClaimAnswer> given) {
    write_file(session.folder().path() / answers_name, to_text(answers_json(given), 2) + "\n");
    write_file(session.folder().path() / table_name, answers_csv(given));
  };
  write(answers());  // which claims these are, should it be interrupted
  RunEnd end;
  if (!run.plan.cells.empty())
    end = session.measure(
        [&found](std::span<const Cell> cells, const Rules& by) { return standing_of(found, cells, by); },
        false);
  session.close();
  const std::vector<ClaimAnswer> given = answers();
  write(given);
  if (end.interrupted) {
    say(fmt::format("runoff: interrupted; what was measured is in {}; to go on: {}\n",
                    session.folder().samples().string(), go_on_command(session.folder().path())));
    return exit_interrupted;
  }
  tell(given, command, session.folder().path(), end);
  return exit_well;
}

}  // namespace runoff
