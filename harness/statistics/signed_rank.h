#pragma once

#include <cstddef>
#include <optional>

namespace runoff {

/// How many of the least Walsh averages (the means of all pairs of n differences, each with itself too) lie
/// outside a one-sided confidence bound on the centre of a symmetric distribution: the largest c at which
/// Wilcoxon's signed-rank statistic is below c with a chance of at most `level`. Nothing where n differences
/// cannot resolve the level: all of them lie on one side by chance alone in 2^-n of all cases.
///
/// Exact up to 100 differences; beyond, by the normal approximation, which then errs on the safe side.
/// Source: Hollander, Wolfe and Chicken, "Nonparametric Statistical Methods", 3rd edition, section 3.3.
std::optional<std::size_t> walsh_averages_outside(std::size_t n, double level);

}  // namespace runoff
