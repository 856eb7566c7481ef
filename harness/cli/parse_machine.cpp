// The command lines that are about this machine: doctor, selftest, serve.

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/subcommands.h"
#include "support/whole_number.h"

namespace runoff {

void add_doctor(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("doctor", "Whether this machine is fit to measure on, and what mends it");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "For scripts");
  command->callback([&action, json] { action = [json] { return doctor(*json); }; });
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

}  // namespace runoff
