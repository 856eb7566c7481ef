#include "report/compare.h"

#include <iostream>

#include "cli/commands.h"
#include "cli/interleave.h"
#include "cli/report_options.h"
#include "cli/written_files.h"
#include "support/errors.h"

namespace runoff {

int compare_runs(const CompareCommand& command) {
  const CompareOptions what{.threshold = read_percent("--threshold", command.threshold),
                            .force = command.force,
                            .markdown = command.markdown};
  std::vector<std::filesystem::path> folders = command.folders;
  const WrittenFile table{"--markdown", command.markdown};
  require_own_files({&table, 1}, folders);
  if (!command.interleave.empty()) {
    if (!folders.empty()) throw UsageError("--interleave measures both builds itself: leave the folders out");
    const Interleaved measured = interleave(command.interleave, command.run);
    if (measured.interrupted) return exit_interrupted;
    folders = {measured.before, measured.after};
  }
  if (folders.size() != 2)
    throw UsageError(
        "compare takes the folders of two runs, the earlier one first, or --interleave OLD_BUILD");
  return compare(folders[0], folders[1], what, std::cout, std::cerr, report_options());
}

}  // namespace runoff
