#pragma once

#include <string>

#include "report/crossovers.h"
#include "report/page.h"

namespace runoff {

/// A map as a person reads it on a terminal: a grid with the best choice at each point. Where it is wider
/// than the page, a line says where it can be seen.
std::string crossover_text(const Crossover& map, const Names& names, const Page& page);

}  // namespace runoff
