#pragma once

#include <cstddef>
#include <vector>

namespace like {

/// How long each task is, as a multiple of the mean: lognormal, where `spread` is the geometric standard
/// deviation, so that about two of three tasks are between 1/spread and spread times the median; 1: all are
/// alike. They are the distribution's own quantiles in an order that was shuffled, the same everywhere, and
/// their mean is 1: a few tasks are as uneven as many.
std::vector<double> lengths(std::size_t tasks, double spread);

}  // namespace like
