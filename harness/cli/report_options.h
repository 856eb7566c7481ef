#pragma once

#include "cli/terminal.h"
#include "report/report.h"
#include "support/install.h"

namespace runoff {

/// How a report is given on this standard output, with plots and page.
inline ReportOptions report_options() {
  const Install install = find_install();
  const auto plots = install.plots();
  return {.colour = has_colour(stdout),
          .plots = true,
          .scripts = plots,
          .page = plots / "report.html",
          .programs = install.programs(),
          .terminal_width = terminal_width(stdout),
          .utf8 = has_utf8(),
          .glance = is_terminal(stdout)};
}

}  // namespace runoff
