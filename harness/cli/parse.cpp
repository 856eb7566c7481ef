#include "cli/parse.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "record/version.h"
#include "support/errors.h"
#include "support/nearest.h"
#include "support/text.h"
#include "support/whole_number.h"

namespace runoff {
namespace {

void add_plugins(CLI::App& command, std::vector<std::filesystem::path>& plugins) {
  command
      .add_option("--plugin", plugins,
                  "A module from elsewhere; so is every one in the folder RUNOFF_PLUGINS")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void add_list(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("list", "What there is, what is missing and why");
  const auto options = std::make_shared<ListOptions>();
  command->add_option("what", options->what, "Only these (backends, workloads or presets)")
      ->check(CLI::IsMember({"backends", "workloads", "presets"}));
  command->add_flag("--json", options->json, "For scripts");
  add_plugins(*command, options->plugins);
  command->callback([&action, options] { action = [options] { return list(*options); }; });
}

void add_exports(CLI::App& command, Exports& exports) {
  command.add_option("--export-markdown", exports.markdown, "Write answers and tables to this file, too")
      ->type_name("FILE");
  command.add_option("--export-json", exports.json, "Write all that the page shows to this file, too")
      ->type_name("FILE");
}

void add_all(CLI::App& command, bool& all) {
  command.add_flag("--all", all,
                   "Print all tables and paths on a terminal, too; files and pipes always get them");
}

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
       "Instead of the preset's; X:* for all variants of X, '*' for all backends, -X for all but X")
      ->delimiter(',')
      ->type_name("X,Y:OPTION=VALUE");
  list("--workers", options.workers,
       "Numbers, 'cores', '2xcores', or auto: 1, 2, 4 ... the cores, and twice that")
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

void add_report(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("report", "Verdicts, summary.csv, benchmark.json, plots and report.html of runs");
  const auto options = std::make_shared<ReportCommand>();
  command->add_option("folders", options->folders, "Folders of runs")->required()->type_name("DIR");
  command->add_flag("--printed", options->printed,
                    "Only what tasks, backends and runtimes printed, beginning and end of each sample");
  add_all(*command, options->all);
  add_exports(*command, options->exports);
  command->callback([&action, options] { action = [options] { return report_on(*options); }; });
}

void add_explain(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "explain", "Why: where the time of each backend's workers went, measured on cells of a run");
  const auto options = std::make_shared<ExplainCommand>();
  command->add_option("folder", options->folder, "Folder of a run")->required()->type_name("DIR");
  command->add_option("workload", options->workload, "Only this one (all of the run)")->type_name("WORKLOAD");
  command
      ->add_option("--workers", options->workers, "Cells with so many, instead of each backend's best number")
      ->transform(CLI::Validator(whole_number(1, 1'000'000), ""))
      ->type_name("N");
  command->add_flag("--json", options->json, "For scripts");
  command
      ->add_option("--trace", options->trace,
                   "Who ran what when, in the Chrome trace format: open it at https://ui.perfetto.dev")
      ->type_name("FILE");
  command->footer(
      "runoff explain results/monday mandelbrot --trace mandelbrot.json\n"
      "It takes one sample more of each cell, in which chunks of tasks are stamped and which no verdict "
      "counts,\n"
      "writes explain.csv beside the samples, and makes report.html anew with it.");
  command->callback([&action, options] { action = [options] { return explain(*options); }; });
}

void add_advise(CLI::App& app, Action& action, const std::vector<std::string>& command_line) {
  auto* command = app.add_subcommand(
      "advise", "Which runtime for work that is only described: it is measured, then explained");
  const auto options = std::make_shared<AdviseCommand>();
  options->run.command_line = command_line;
  options->run.budget = "60s";
  DescriptionWords& words = options->words;
  command->add_option("--tasks", words.tasks, "How many there are (10000; as arrive in 250 ms)")
      ->type_name("N");
  command->add_option("--task", words.task, "How long one takes on a core, on average, its waiting included")
      ->type_name("TIME");
  command
      ->add_option("--spread", words.spread,
                   "How uneven they are: 1 all alike; with 2, two of three are between half and twice the\n"
                   "median (1)")
      ->type_name("X");
  command->add_option("--wait", words.wait, "The share of its length that a task waits for something (0)")
      ->type_name("PERCENT%");
  command->add_option("--payload", words.payload, "What a task hands on: its result (0)")->type_name("SIZE");
  command
      ->add_option("--memory", words.memory, "What all tasks together walk through, each its own piece (0)")
      ->type_name("SIZE");
  command
      ->add_option("--depends", words.depends,
                   "none: no task needs another; stencil: each needs its neighbours of the step before;\n"
                   "tree: each forks two and joins them (none)")
      ->type_name("none|stencil|tree");
  command->add_option("--width", words.width, "Of a stencil: tasks in a step (8)")->type_name("N");
  command
      ->add_option("--arrive", words.arrive,
                   "They arrive at this rate and are compared by latency, from when each arrived")
      ->type_name("N/s");
  command
      ->add_option("--workers", options->run.workers,
                   "Numbers, 'cores' or '2xcores' (cores; with --wait also as many as keep them busy)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("1,2,4");
  command->add_option("--backends", options->run.backends, "Only these (all that run work in C++)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("X,Y:OPTION=VALUE");
  command->add_option("--budget", options->run.budget, "About how long to measure (60s)")->type_name("TIME");
  command->add_option("--out", options->run.out, "A new folder, or one to go on with (results/ and the time)")
      ->type_name("DIR");
  command->add_option("--seed", options->run.seed, "Decides the order of the samples (1)")
      ->transform(CLI::Validator(whole_number(0), ""))
      ->type_name("N");
  add_plugins(*command, options->run.plugins);
  command->add_flag("--json", options->json, "For scripts, on standard output");
  command->add_flag("--quiet", options->run.quiet, "No progress");
  command->footer(
      "runoff advise --tasks 10000 --task 20us --spread 2 --payload 4KiB --memory 1MiB\n"
      "runoff advise --tasks 200 --task 5ms --wait 90% --workers 2,32\n"
      "runoff advise --tasks 4000 --task 10us --depends stencil --width 16\n"
      "runoff advise --task 1ms --wait 50% --arrive 500/s\n"
      "Words that you are not sure of may be off by a factor of two: half and twice of each is measured, "
      "too.\n"
      "'runoff describe DIR' reads a description off a run of your own workload; docs/advise.md tells more.");
  command->callback([&action, options] { action = [options] { return advise(*options); }; });
}

void add_describe(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("describe", "The words for 'runoff advise', read off a run of any workload");
  const auto options = std::make_shared<DescribeCommand>();
  command->add_option("folder", options->folder, "Folder of a run")->required()->type_name("DIR");
  command->add_option("workload", options->workload, "Only this one (all of the run)")->type_name("WORKLOAD");
  command->add_flag("--json", options->json, "For scripts");
  command->footer(
      "runoff describe results/monday primes\n"
      "It takes one sample more, of one worker, in which tasks are stamped, and prints what it found and "
      "the\n"
      "command line of 'runoff advise' that says the same. What cannot be known is said.");
  command->callback([&action, options] { action = [options] { return describe(*options); }; });
}

void add_show(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("show", "A whole program that uses a backend's runtime as it was measured");
  const auto options = std::make_shared<ShowCommand>();
  command->add_option("backend", options->backend, "Whose runtime")->required()->type_name("BACKEND");
  command
      ->add_option("shape", options->shape, "A parallel loop, a graph in steps, or fork-join (independent)")
      ->check(CLI::IsMember({"independent", "dependent", "recursive"}))
      ->type_name("SHAPE");
  command->footer("runoff show tbb recursive > recursive.cpp     # its second line compiles and runs it");
  command->callback([&action, options] { action = [options] { return show(*options); }; });
}

void add_new(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("new", "A folder for a plug-in of your own, which builds and runs as it is");
  command->require_subcommand(1);
  const auto options = std::make_shared<NewCommand>();
  for (const char* kind : {"backend", "workload"}) {
    auto* one = command->add_subcommand(kind, std::string("A ") + kind + " of your own");
    one->add_option("name", options->name, "Letters, digits, '-' and '_'; the folder is called so, too")
        ->required()
        ->type_name("NAME");
    if (kind == std::string("workload"))
      one->add_option("--shape", options->shape,
                      "A parallel loop, a graph in steps, or fork-join (independent)")
          ->check(CLI::IsMember({"independent", "dependent", "recursive"}))
          ->type_name("SHAPE");
    one->callback([&action, options, kind] {
      options->kind = kind;
      action = [options] { return make_new(*options); };
    });
  }
  command->footer("runoff new backend my-pool\nrunoff new workload my-graph --shape dependent");
}

void add_check(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "check", "Whether a plug-in, or any backend or workload, keeps what every module promises");
  const auto options = std::make_shared<CheckCommand>();
  command
      ->add_option("names", options->names,
                   "Backends (NAME, or NAME:OPTION=VALUE for one variant) and workloads; of both: these "
                   "workloads on these backends, and no more")
      ->type_name("BACKEND|WORKLOAD");
  add_plugins(*command, options->plugins);
  command
      ->add_option("--set", options->set, "A parameter of a workload, instead of those that it is checked at")
      ->allow_extra_args(false)
      ->type_name("WORKLOAD.PARAMETER=VALUE[,VALUE]");
  command
      ->add_option(
          "--only", options->only,
          "Only these promises; -NAME for all but one. Of a backend: tasks, workers, many, inputs, errors,\n"
          "losses, order, answers; of a workload: oracle, answers")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("PROMISE[,PROMISE]");
  command->add_option("--many", options->many, "Workers that wait all at once, for the promise 'many' (64)")
      ->transform(CLI::Validator(whole_number(1, 4096), ""))
      ->type_name("N");
  command->add_option("--timeout", options->timeout, "Time limit of one sample (30s)")->type_name("TIME");
  command->add_flag("--json", options->json, "For scripts");
  command->footer(
      "runoff check --plugin build/mine.so           all that a module of its kind promises\n"
      "runoff check --plugin build/mine.so --only errors,workers\n"
      "runoff check --plugin build/mine.so mine primes   one workload on it\n"
      "runoff check tbb                              the same of a backend of runoff's own\n"
      "A backend is put to the test by workloads made for that (tasks that wait for each other, throw, or "
      "kill\n"
      "their process), and by every workload there is; a workload on every backend, and by one that damages "
      "results.\n"
      "Each promise that does not hold is followed by what that means and what to change.\n"
      "Exit status 1: a promise is broken.");
  command->callback([&action, options] { action = [options] { return check(*options); }; });
}

void add_doctor(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("doctor", "Whether this machine is fit to measure on, and what mends it");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "For scripts");
  command->callback([&action, json] { action = [json] { return doctor(*json); }; });
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

void add_selftest(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("selftest", "How often runoff errs, on made-up samples and on this machine");
  const auto options = std::make_shared<SelftestCommand>();
  command->add_option("--groups", options->groups, "Simulated groups of each kind (400)")
      ->transform(CLI::Validator(whole_number(20, 1'000'000), ""))
      ->type_name("N");
  command
      ->add_option("--measured", options->measured_groups,
                   "Groups of equal cells that are measured; 0: nothing is (20)")
      ->transform(CLI::Validator(whole_number(0, 10'000), ""))
      ->type_name("N");
  command->add_option("--seed", options->seed, "Of the noise and of the order (1)")
      ->transform(CLI::Validator(whole_number(0), ""))
      ->type_name("N");
  command->add_flag("--json", options->json, "For scripts");
  command->footer("Exit status 1: a promise is surely not kept.");
  command->callback([&action, options] { action = [options] { return selftest(*options); }; });
}

void add_serve(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("serve", "The HTTP endpoint that fetching workloads use by default");
  command->prefix_command();
  command->set_help_flag();
  command->callback([&action, command] { action = [words = command->remaining()] { return serve(words); }; });
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// One line about a command line that is wrong, with the nearest command or option where one is unknown.
std::string complaint(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& arguments) {
  const auto commands = app.get_subcommands();
  const CLI::App& command = commands.empty() ? app : *commands.front();
  const std::string help =
      fmt::format("see '{} --help'", commands.empty() ? "runoff" : "runoff " + command.get_name());
  const auto remaining = app.remaining(true);
  if (!remaining.empty()) {
    const std::string& first = remaining.front();
    if (first.starts_with("-")) {
      const std::string name = first.substr(0, first.find('='));
      return fmt::format("unknown option '{}'{} ({})", name, suggestion(name, option_names(command)), help);
    }
    if (!commands.empty()) return fmt::format("'{}' is one word too many ({})", first, help);
  }
  if (commands.empty() && !arguments.empty() && !arguments.front().starts_with("-")) {
    std::vector<std::string> names;
    for (const auto* one : app.get_subcommands(nullptr)) names.push_back(one->get_name());
    return fmt::format("unknown command '{}'{} ({})", arguments.front(), suggestion(arguments.front(), names),
                       help);
  }
  return fmt::format("{} ({})", one_line(error.what()), help);
}

/// An empty word is the variable of a script that was not set. It would quietly mean the default, or 0.
void refuse_empty_words(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool option = word.starts_with("--") && word.size() > 2 && word.find('=') == word.size() - 1;
    if (!word.empty() && !option) continue;
    const std::string of = option                                    ? word.substr(0, word.size() - 1)
                           : i > 0 && words[i - 1].starts_with("--") ? words[i - 1]
                                                                     : "";
    throw UsageError(of.empty() ? "one of the words is empty; leave it out, or say what is meant"
                                : fmt::format("{}: its value is empty; leave it out, or give one", of));
  }
}

}  // namespace

std::variant<Action, int> parse(const std::vector<std::string>& command_line) {
  CLI::App app{
      "runoff answers one question: which parallel runtime should run this work, on this machine?\n"
      "It runs the same work through every runtime, checks every answer, and says which one wins.",
      "runoff"};
  app.require_subcommand(1);
  Action action;
  add_list(app, action);
  add_run(app, action, command_line);
  add_claims(app, action, command_line);
  add_report(app, action);
  add_explain(app, action);
  add_advise(app, action, command_line);
  add_describe(app, action);
  add_show(app, action);
  add_new(app, action);
  add_check(app, action);
  add_compare(app, action, command_line);
  add_selftest(app, action);
  add_doctor(app, action);
  for (auto* one : app.get_subcommands(nullptr)) one->set_version_flag("--version", version_text());
  add_serve(app, action);  // answers --version itself
  app.set_version_flag("--version", version_text());
  const std::vector<std::string> words(command_line.begin() + 1, command_line.end());
  if (words.empty() || words.front() != "serve") refuse_empty_words(words);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 takes them from the back
    return action;
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    throw UsageError(complaint(app, error, words));
  }
}

RunOptions recorded_options(const std::vector<std::string>& command_line) {
  RunOptions options;
  if (command_line.size() < 2) return options;
  CLI::App app;
  app.allow_extras();
  add_run_options(app, options);
  try {
    app.parse(std::vector<std::string>(command_line.rbegin(), command_line.rend() - 2));
  } catch (const CLI::ParseError&) {
    // Of another version, perhaps: what was understood stays.
  }
  return options;
}

}  // namespace runoff
