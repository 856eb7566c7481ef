#pragma once

#include <string>

#include "report/findings.h"
#include "report/page.h"

namespace runoff {

/// What a person reads at a glance, of each workload: a line for those that tie or lead, for those that are
/// open, for those that are slower, and for the reference, each with the least time of its line as a bar. Of
/// sweeps their sentence says more.
std::string glance_text(const Findings& findings, const Names& names, const Page& page);

}  // namespace runoff
