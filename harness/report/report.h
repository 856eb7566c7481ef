#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <vector>

namespace runoff {

/// Files that a report is written into besides those of the folder; empty: it is not. "-": it is printed, in
/// the place of all else.
struct Exports {
  std::filesystem::path markdown, json;

  bool printed() const { return markdown == "-" || json == "-"; }
};

struct ReportOptions {
  bool colour = false;
  bool plots = true;
  /// Where plot.py is.
  std::filesystem::path scripts;
  /// The page that becomes report.html with a run's data in it; no report.html is written without one.
  std::filesystem::path page = {};
  /// Where programs are that show how to use a backend's runtime; without them the page has none.
  std::filesystem::path programs = {};
  Exports exports = {};
  /// Characters in a line of the terminal; nothing where the report goes to a file or to another program.
  std::optional<std::size_t> terminal_width = {};
  /// Whether it can draw bars with block characters.
  bool utf8 = true;
  /// Instead of the tables, the legend and all paths a block to read at a glance.
  bool glance = false;
};

/// Reports on runs: writes summary.csv and what else is decided into each folder, and report.html, draws its
/// plots, and prints the answers, a sentence each; then the tables that they rest on, or a block to read at a
/// glance, what looks odd, and the paths. What is wrong goes to `errors`, a line each. Returns runoff's exit
/// status: 0 when all is well, 1 when a sample was wrong, crashed, failed or ran out of time, 3 when a folder
/// holds no run or cannot be written.
int report(const std::vector<std::filesystem::path>& folders, std::ostream& out, std::ostream& errors,
           const ReportOptions& options);

}  // namespace runoff
