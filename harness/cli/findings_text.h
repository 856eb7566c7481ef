#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "doctor/finding.h"
#include "report/page.h"

namespace runoff {

/// A table for people: what was found, what it means, and under what is not ok the command that mends it.
std::string findings_text(std::span<const Finding> findings, const Page& page);

/// Of a machine: whether it is fit to measure on.
std::string machine_conclusion(std::span<const Finding> findings);

/// For scripts: `usable`, how many are `ok`, `warn` and `bad`, and `checks`, each with `name`, `level`,
/// `seen`, `means`, `mend` (null where there is none) and `prevents`.
nlohmann::ordered_json findings_json(std::span<const Finding> findings);

/// Whether anything can be measured here.
bool usable(std::span<const Finding> findings);

}  // namespace runoff
