#include "report/report.h"

#include <iostream>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "support/install.h"

namespace runoff {

void add_report(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("report", "Verdicts, summary.csv, benchmark.json and plots of runs");
  const auto folders = std::make_shared<std::vector<std::filesystem::path>>();
  command->add_option("folders", *folders, "Folders of runs")->required()->type_name("DIR");
  command->callback([&action, folders] {
    action = [folders] {
      return report(*folders, std::cout, std::cerr,
                    {.colour = has_colour(stdout), .plots = true, .scripts = find_install().plots(), .terminal_width = terminal_width(stdout)});
    };
  });
}

}  // namespace runoff
