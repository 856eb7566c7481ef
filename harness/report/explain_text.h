#pragma once

#include <span>
#include <string>

#include "explain/explanation.h"
#include "report/page.h"

namespace runoff {

/// One problem, explained: where the time of each backend's workers went, then a sentence on each.
std::string explain_text(std::span<const Explanation> explanations, const Page& page);

/// What the shares mean, and how they were taken.
std::string explain_legend(const Page& page);

}  // namespace runoff
