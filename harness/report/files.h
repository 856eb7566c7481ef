#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <vector>

#include "report/findings.h"
#include "report/report.h"

namespace runoff {

/// Writes the tables of the run into its folder; returns the paths of those that hold something.
std::vector<std::filesystem::path> write_tables(const LoadedRun& run, const Findings& findings,
                                                const Names& names);

/// Writes report.html; returns its path, or nothing where it cannot be made, with the reason in `errors`.
std::optional<std::filesystem::path> write_page(const LoadedRun& run, const Findings& findings,
                                                const Names& names, const ReportOptions& options,
                                                std::ostream& errors);

/// True where no sample went wrong.
bool all_well(const LoadedRun& run);

}  // namespace runoff
