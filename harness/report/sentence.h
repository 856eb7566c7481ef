#pragma once

#include <string>

#include "report/names.h"
#include "statistics/summary.h"

namespace runoff {

/// One plain sentence on a contest: which backend wins, by how much, how sure; ties are named as ties, and
/// where nothing is sure no backend is said to win. `precision` is what the verdicts were judged by.
std::string verdict_sentence(const Contest& contest, const Names& names, double precision);

}  // namespace runoff
