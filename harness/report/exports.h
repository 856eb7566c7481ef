#pragma once

#include <filesystem>
#include <string>

#include "report/findings.h"

namespace runoff {

/// The answers and the tables that they rest on, in Markdown, for a page or a pull request.
std::string markdown_report(const LoadedRun& run, const Findings& findings, const Names& names);

/// All that the page shows, as JSON.
std::string json_report(const LoadedRun& run, const Findings& findings, const Names& names);

}  // namespace runoff
