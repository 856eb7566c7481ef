#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "report/page.h"
#include "statistics/overall.h"

namespace runoff {

/// The backends over all problems of a run, as a table; empty where there is nothing to say.
std::string overall_text(std::span<const Contest> contests, const Names& names, const Page& page);

}  // namespace runoff
