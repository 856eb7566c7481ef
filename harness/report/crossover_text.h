#pragma once

#include <string>

#include "report/crossovers.h"
#include "report/page.h"

namespace runoff {

/// A map as a person reads it on a terminal: its title, a grid with the best choice at each point, and a
/// sentence. Where the grid is wider than the page, only its title and the sentence.
std::string crossover_text(const Crossover& map, const Names& names, const Page& page);

}  // namespace runoff
