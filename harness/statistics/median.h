#pragma once

#include <span>

namespace runoff {

/// The middle value, or the mean of the two middle ones. NaN of nothing.
double median(std::span<const double> values);

}  // namespace runoff
