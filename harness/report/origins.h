#pragma once

#include <string>

#include "report/findings.h"
#include "report/load.h"
#include "report/names.h"
#include "report/page.h"

namespace runoff {

/// Where a reader gets each of the backends that were compared from; empty where the run does not say.
std::string origins_text(const LoadedRun& run, const Findings& findings, const Names& names,
                         const Page& page);

}  // namespace runoff
