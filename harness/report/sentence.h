#pragma once

#include <string>

#include "report/names.h"
#include "statistics/summary.h"

namespace runoff {

/// One plain sentence on a contest: which backend wins, by how much, how sure; ties are named as ties.
std::string verdict_sentence(const Contest& contest, const Names& names);

}  // namespace runoff
