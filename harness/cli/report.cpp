#include "report/report.h"

#include <iostream>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "support/install.h"

namespace runoff {

int report_on(const std::vector<std::filesystem::path>& folders) {
  return report(folders, std::cout, std::cerr,
                {.colour = has_colour(stdout),
                 .plots = true,
                 .scripts = find_install().plots(),
                 .terminal_width = terminal_width(stdout)});
}

}  // namespace runoff
