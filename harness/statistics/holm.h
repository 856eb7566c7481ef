#pragma once

#include <span>
#include <vector>

namespace runoff {

/// Holm's step-down procedure (Holm 1979): with all of these hypotheses tested at once, the chance of even
/// one false rejection stays within `alpha`. Gives the level at which each is to be judged: alpha / m for the
/// smallest of m p-values, alpha / (m - 1) for the next, and so on up to the first that is not rejected; its
/// level holds for it and all that follow. A hypothesis is rejected when its p-value is not above its level.
std::vector<double> holm_levels(std::span<const double> p_values, double alpha);

}  // namespace runoff
