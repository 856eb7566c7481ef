#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/html_cells.h"

namespace runoff {

// What a page shows beside its cells; each names its cells by their places.

/// The problems, in the order of their places, each with its sentence.
nlohmann::ordered_json html_problems(const Findings& findings, const Names& names, const HtmlPlaces& places);
/// A table for each workload of which a parameter grows with its workers: `shares` are [workers, efficiency,
/// low, high], of some the number of workers alone.
nlohmann::ordered_json html_weak_scaling(const Findings& findings, const Names& names);
nlohmann::ordered_json html_host_scaling(const Findings& findings, const Names& names);
/// The sweeps, with the reigns of each.
nlohmann::ordered_json html_sweeps(const Findings& findings, const Names& names, const HtmlPlaces& places);
/// The curves of efficiency by task size, those of one question together.
nlohmann::ordered_json html_curves(const Findings& findings, const Names& names);
/// The price list.
nlohmann::ordered_json html_prices(const Findings& findings, const Names& names, const HtmlPlaces& places);

}  // namespace runoff
