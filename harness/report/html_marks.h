#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/html_cells.h"

namespace runoff {

/// The marks of a run, each as {title, advice}. Each cell gets `marks`: those that it has, as [place, what
/// was seen].
nlohmann::ordered_json html_marks(const LoadedRun& run, const Findings& findings, const Names& names,
                                  const HtmlPlaces& places, nlohmann::ordered_json& cells);

}  // namespace runoff
