// The command lines of what reads a run: report, explain, describe.

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/subcommands.h"
#include "cli/written_files.h"
#include "support/whole_number.h"

namespace runoff {

void add_report(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("report", "Verdicts, summary.csv, benchmark.json, plots and report.html of runs");
  const auto options = std::make_shared<ReportCommand>();
  command->add_option("folders", options->folders, "Folders of runs, such as those in results/")
      ->required()
      ->type_name("DIR");
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
  command->add_option("folder", options->folder, "Folder of a run, such as one in results/")
      ->required()
      ->type_name("DIR");
  command->add_option("workload", options->workload, "Only this one (all of the run)")->type_name("WORKLOAD");
  command
      ->add_option("--workers", options->workers, "Cells with so many, instead of each backend's best number")
      ->transform(CLI::Validator(whole_number(1, 1'000'000), ""))
      ->type_name("N");
  command->add_flag("--json", options->json, "For scripts");
  command
      ->add_option("--trace", options->trace,
                   "Who ran what when, in the Chrome trace format: open it at https://ui.perfetto.dev; - for "
                   "standard output")
      ->check(CLI::Validator(why_not_written, ""))
      ->type_name("FILE");
  command->footer(
      "runoff explain results/monday mandelbrot --trace mandelbrot.json\n"
      "It takes one sample more of each cell, in which chunks of tasks are stamped and which no verdict "
      "counts,\n"
      "writes explain.csv beside the samples, and makes report.html anew with it.");
  command->callback([&action, options] { action = [options] { return explain(*options); }; });
}

void add_describe(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("describe", "The words for 'runoff advise', read off a run of any workload");
  const auto options = std::make_shared<DescribeCommand>();
  command->add_option("folder", options->folder, "Folder of a run, such as one in results/")
      ->required()
      ->type_name("DIR");
  command->add_option("workload", options->workload, "Only this one (all of the run)")->type_name("WORKLOAD");
  command->add_flag("--json", options->json, "For scripts");
  command->footer(
      "runoff describe results/monday primes\n"
      "It takes one sample more, of one worker, in which tasks are stamped, and prints what it found and "
      "the\n"
      "command line of 'runoff advise' that says the same. What cannot be known is said.");
  command->callback([&action, options] { action = [options] { return describe(*options); }; });
}

}  // namespace runoff
