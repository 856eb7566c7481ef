#pragma once

#include <filesystem>
#include <iosfwd>

#include "report/report.h"

namespace runoff {

struct CompareOptions {
  double threshold = 0.03;  ///< a share: less is no change
  bool force = false;       ///< compare what is not comparable
  std::filesystem::path
      markdown;  ///< a file for a table of GitHub's; "-": in the place of the usual one; or empty
};

/// Says what changed from one run to another: a sentence, and a line for each cell that both have. Runs of
/// different machines, placements or parameters are not comparable. Returns runoff's exit status: 0, or 1
/// where some cell became surely slower by more than the threshold, or no longer right; 3 where a folder
/// holds no run, or the two are not comparable.
int compare(const std::filesystem::path& before, const std::filesystem::path& after,
            const CompareOptions& what, std::ostream& out, std::ostream& errors,
            const ReportOptions& options);

}  // namespace runoff
