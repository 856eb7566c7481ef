#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "report/findings.h"

namespace runoff {

/// The programs (catalog/programs.h) of those backends and shapes that the run has, by backend and then by
/// shape.
nlohmann::ordered_json html_programs(const std::filesystem::path& folder, const Findings& findings);

}  // namespace runoff
