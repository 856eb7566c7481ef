#include <iostream>

#include "cli/commands.h"
#include "cli/report_options.h"
#include "cli/written_files.h"
#include "report/load.h"
#include "report/printed_text.h"
#include "support/errors.h"

namespace runoff {

int report_on(const ReportCommand& command) {
  if (command.printed) {
    for (const auto& folder : command.folders) std::cout << printed_text(load_run(folder));
    return exit_well;
  }
  ReportOptions options = report_options();
  options.exports = command.exports;
  options.glance = options.glance && !command.all;
  if (command.folders.size() > 1 && !(command.exports.markdown.empty() && command.exports.json.empty()))
    throw UsageError("--export-markdown and --export-json take one run; give one folder");
  require_own_files(exported_files(command.exports), command.folders);
  return report(command.folders, std::cout, std::cerr, options);
}

}  // namespace runoff
