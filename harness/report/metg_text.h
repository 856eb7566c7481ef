#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "report/style.h"
#include "statistics/grain_curves.h"

namespace runoff {

/// METG(50 %) of curves that ask the same question, as a table, and a sentence on who copes with the shortest
/// tasks. The curves stand in the order of their METG.
std::string metg_text(std::span<const GrainCurve> curves, const Names& names, const Painter& paint);

/// That sentence alone. Two are told apart where their intervals do not overlap.
std::string metg_sentence(std::span<const GrainCurve> curves, const Names& names);

}  // namespace runoff
