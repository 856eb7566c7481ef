// The command lines that are about backends and workloads: list, show, new, check.

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/subcommands.h"
#include "support/whole_number.h"

namespace runoff {

void add_list(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("list", "What there is, what is missing and why");
  const auto options = std::make_shared<ListOptions>();
  command->add_option("what", options->what, "Only these (backends, workloads or presets)")
      ->check(CLI::IsMember({"backends", "workloads", "presets"}));
  command->add_flag("--json", options->json, "For scripts");
  add_plugins(*command, options->plugins);
  command->callback([&action, options] { action = [options] { return list(*options); }; });
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

}  // namespace runoff
