#pragma once

#include <filesystem>
#include <iosfwd>
#include <vector>

namespace runoff {

struct ReportOptions {
  bool colour = false;
  bool plots = true;
  /// Where plot.py is.
  std::filesystem::path scripts;
};

/// Reports on runs: writes summary.csv, benchmark.json, plots/ and, where prices were measured,
/// prices.csv into each folder, and prints the verdicts and the price list.
/// What is wrong goes to `errors`, a line each. Returns runoff's exit status: 0 when all is well, 1 when a
/// sample was wrong, crashed, failed or ran out of time, 3 when a folder holds no run or cannot be written.
int report(const std::vector<std::filesystem::path>& folders, std::ostream& out, std::ostream& errors,
           const ReportOptions& options);

}  // namespace runoff
