// The command line of advise.

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/subcommands.h"
#include "support/whole_number.h"

namespace runoff {

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
  command
      ->add_option("--backends", options->run.backends,
                   "Only these, or -X for all but X (all that run work in C++)")
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

}  // namespace runoff
