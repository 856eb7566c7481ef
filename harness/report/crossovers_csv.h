#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "statistics/sweeps.h"

namespace runoff {

/// The whole of crossovers.csv: who wins where, in maps over two things that a run varies. Sweeps over one
/// thing that differ in one other parameter are the rows of a map, and their stops its points. Empty where
/// there is no map.
std::string crossovers_csv(std::span<const Sweep> sweeps, const Names& names);

}  // namespace runoff
