#pragma once

#include <span>
#include <string>

#include "report/names.h"
#include "report/page.h"
#include "statistics/grain_curves.h"

namespace runoff {

/// METG(50 %) of curves that ask the same question, as a table. The curves stand in the order of their METG.
std::string metg_text(std::span<const GrainCurve> curves, const Names& names, const Page& page);

/// Which backend copes with the shortest tasks, in one sentence.
std::string metg_sentence(std::span<const GrainCurve> curves, const Names& names);

}  // namespace runoff
