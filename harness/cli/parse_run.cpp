// The command lines of what measures: run, compare, claims.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/subcommands.h"
#include "cli/written_files.h"
#include "support/whole_number.h"

namespace runoff {

void add_run_options(CLI::App& command, RunOptions& options) {
  const auto list = [&command](const char* name, std::vector<std::string>& values, const char* help) {
    return command.add_option(name, values, help)->allow_extra_args(false);
  };
  command.add_option("--preset", options.preset,
                     "A selection with a name; see 'runoff list presets' (quick)");
  list("--workloads", options.workloads, "Instead of the preset's; '*' for all")
      ->delimiter(',')
      ->type_name("A,B");
  list("--backends", options.backends,
       "Instead of the preset's; X:* for all variants of X, '*' for all backends; --backends=-X for all of "
       "them but X")
      ->delimiter(',')
      ->type_name("X,Y:OPTION=VALUE");
  list("--workers", options.workers,
       "Numbers, 'cores', '2xcores', or auto: 1, 2, 4 ... the cores and twice that (up to 64 cores), and "
       "what fills a memory node, a socket, all cores")
      ->delimiter(',')
      ->type_name("1,2,4|auto");
  list("--set", options.set,
       "A parameter of a workload; several values are taken in turn; 1000*workers grows with the workers")
      ->type_name("WORKLOAD.PARAMETER=VALUE[,VALUE]");
  command
      .add_option("--samples", options.samples,
                  "Of each cell, as many; without it 6 to 60, as its verdict needs. Fewer than 6 give none")
      ->transform(CLI::Validator(whole_number(1, 100'000), ""))
      ->type_name("N");
  command
      .add_option("--budget", options.budget,
                  "About how long to measure: what does not fit is left out, and said")
      ->type_name("TIME");
  command
      .add_option("--precision", options.precision,
                  "Differences below this are none: what is surely less behind the best is tied with it (3%)")
      ->type_name("PERCENT%");
  command.add_option("--seed", options.seed, "Decides the order of the samples (1)")
      ->transform(CLI::Validator(whole_number(0), ""))
      ->type_name("N");
  command.add_option("--timeout", options.timeout, "Time limit of one sample (30s)")->type_name("TIME");
  command.add_flag("--one-by-one", options.one_by_one,
                   "Each sample has the machine to itself from its beginning to its end: cells that are "
                   "compared\ntake no turns");
  auto* const huge = command.add_flag(
      "--huge-pages", options.huge_pages,
      "Inputs and results of 2 MiB and more lie in huge pages, or nothing is measured (by default they do "
      "where\nthe kernel gives any): less scatter where the memory limits");
  command.add_flag("--small-pages", options.small_pages, "All memory lies in small pages")->excludes(huge);
  command
      .add_option("--placement", options.placement,
                  "Each worker on its own processor, one of each core first (pinned), far apart (spread) or\n"
                  "close together (compact); free: the system decides")
      ->check(CLI::IsMember(placement_names()))
      ->type_name(fmt::format("{}", fmt::join(placement_names(), "|")));
  command
      .add_option(
          "--launcher", options.launchers,
          "What starts a backend's workers instead of its own launcher, such as mpi='srun -n {workers}'")
      ->allow_extra_args(false)
      ->type_name("BACKEND=COMMAND");
  command.add_option("--mpi-launcher", options.mpi_launcher, "The same as --launcher mpi=COMMAND")
      ->type_name("COMMAND");
  command
      .add_option(
          "--hosts", options.hosts,
          "A file that names hosts, one a line, this one first: there the launchers of backends that\n"
          "have one (mpi) start workers; see docs/cluster.md")
      ->type_name("FILE");
  command
      .add_option("--endpoint", options.endpoint,
                  "A server that fetching workloads use instead of runoff's own: GET URL/{letter}.txt")
      ->type_name("URL");
  command
      .add_option(
          "--python", options.python,
          "Which executor for a Python function of your own: a file with `def tasks()`, which gives a\n"
          "list, and `def task(x)`, which is called with each; see docs/python.md")
      ->type_name("FILE");
  command.add_option("--out", options.out, "The run's folder (results/ and the time)")->type_name("DIR");
  command.add_flag("--resume", options.resume, "Go on with the run in --out");
  command.add_flag("--dry-run", options.dry_run,
                   "Check everything, print the cells and their order, measure nothing");
  add_plugins(command, options.plugins);
  command.add_flag("--quiet", options.quiet, "Print warnings and errors only");
}

void add_run(CLI::App& app, Action& action, const std::vector<std::string>& command_line) {
  auto* command = app.add_subcommand("run", "Measure, check and compare");
  const auto options = std::make_shared<RunOptions>();
  options->command_line = command_line;
  add_run_options(*command, *options);
  add_all(*command, options->all);
  add_exports(*command, options->exports);
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

void add_compare(CLI::App& app, Action& action, const std::vector<std::string>& command_line) {
  auto* command =
      app.add_subcommand("compare", "What changed from one run to another, or between two builds");
  const auto options = std::make_shared<CompareCommand>();
  options->run.command_line = command_line;
  command->add_option("folders", options->folders, "The run before, and the run after")->type_name("OLD NEW");
  command->add_option("--threshold", options->threshold, "Less is no change (3%)")->type_name("PERCENT%");
  command->add_flag("--force", options->force, "Also what is not comparable");
  command->add_option("--markdown", options->markdown, "A table for a pull request; - for standard output")
      ->check(CLI::Validator(why_not_written, ""))
      ->type_name("FILE");
  command
      ->add_option(
          "--interleave", options->interleave,
          "Measure this build of runoff (a folder), or this build of a plug-in (a file), beside the one that "
          "runs; the options of 'runoff run' say what")
      ->type_name("OLD_BUILD");
  add_run_options(*command, options->run);
  command->footer(
      "runoff compare results/monday results/tuesday --threshold 5%\n"
      "runoff compare --interleave ../old/build/release --workloads primes --samples 20");
  command->callback([&action, options] { action = [options] { return compare_runs(*options); }; });
}

void add_claims(CLI::App& app, Action& action, const std::vector<std::string>& command_line) {
  auto* command =
      app.add_subcommand("claims", "The rules of thumb on threads and processes, tested on this machine");
  const auto options = std::make_shared<ClaimsCommand>();
  options->run.command_line = command_line;
  options->run.budget = "5min";
  options->run.timeout = "10s";
  command
      ->add_option("folder", options->run.out, "A new folder, or one to go on with (results/ and the time)")
      ->type_name("DIR");
  command->add_option("--only", options->only, "Only these claims; --list has their names")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME[,NAME]");
  command->add_option("--budget", options->run.budget, "About how long to measure (5min)")->type_name("TIME");
  command->add_option("--seed", options->run.seed, "Decides the order of the samples (1)")
      ->transform(CLI::Validator(whole_number(0), ""))
      ->type_name("N");
  command->add_option("--timeout", options->run.timeout, "Time limit of one sample (10s)")->type_name("TIME");
  command->add_flag("--json", options->json, "Answers for scripts, on standard output");
  command->add_flag("--list", options->list, "Print the claims, measure nothing");
  command->add_flag("--quiet", options->run.quiet, "Print warnings and errors only");
  command->footer(
      "runoff claims\n"
      "runoff claims --only processes-for-cpu,threads-for-fetching --budget 1min\n"
      "runoff claims results/claims          goes on where an earlier one ended\n"
      "Exit status 0 whatever the answers are. docs/claims.md explains each.");
  command->callback([&action, options] { action = [options] { return claims(*options); }; });
}

}  // namespace runoff
