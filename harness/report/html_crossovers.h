#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/html_cells.h"

namespace runoff {

/// The maps of who wins where. A point names the best cell and the others that may be as good by their
/// places.
nlohmann::ordered_json html_crossovers(const Findings& findings, const Names& names,
                                       const HtmlPlaces& places);

}  // namespace runoff
