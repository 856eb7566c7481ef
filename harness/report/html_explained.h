#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "report/html_cells.h"

namespace runoff {

/// What explain.csv of this folder says of cells of the run, each by its place; empty where there is none.
nlohmann::ordered_json html_explained(const std::filesystem::path& folder, const Findings& findings,
                                      const HtmlPlaces& places);

}  // namespace runoff
