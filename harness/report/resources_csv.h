#pragma once

#include <string>

#include "report/findings.h"

namespace runoff {

/// resources.csv: what each cell takes besides its time, by the medians of its samples; its columns are in
/// results/README.md. Cells that are kept out are left out.
std::string resources_csv(const Findings& findings, const Names& names);

}  // namespace runoff
