#pragma once

#include <span>
#include <string>

#include "report/crossovers.h"

namespace runoff {

/// The whole of crossovers.csv: who wins where, a row for each point of each map.
std::string crossovers_csv(std::span<const Crossover> maps, const Names& names);

}  // namespace runoff
