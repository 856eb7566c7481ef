#pragma once

#include <string_view>
#include <vector>

#include "statistics/random.h"

namespace runoff {

/// Kinds of scatter that times have, each with a factor that is drawn for a sample; its median is that of 1
/// in logarithms, its scale is `spread`.
struct Noise {
  std::string_view name;
  double (*factor)(RandomStream&, double spread);
};

/// Lognormal; heavy-tailed (Student's with two degrees of freedom, which has no variance); bimodal (two in
/// five samples slower by four spreads); late (lognormal, and one in ten late by up to five spreads).
const std::vector<Noise>& noises();

}  // namespace runoff
