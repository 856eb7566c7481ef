#pragma once

#include "cli/terminal.h"
#include "report/report.h"
#include "support/install.h"

namespace runoff {

/// How a report is given on this standard output, with plots.
inline ReportOptions report_options() {
  return {.colour = has_colour(stdout),
          .plots = true,
          .scripts = find_install().plots(),
          .terminal_width = terminal_width(stdout)};
}

}  // namespace runoff
