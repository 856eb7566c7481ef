#pragma once

#include <filesystem>
#include <string>

#include "report/findings.h"

namespace runoff {

/// report.html: the page, which lacks only data, with those of this run, and programs of its backends. Throws
/// ReportError where there is no such page.
std::string html_page(const LoadedRun& run, const Findings& findings, const Names& names,
                      const std::filesystem::path& page, const std::filesystem::path& programs = {});

}  // namespace runoff
