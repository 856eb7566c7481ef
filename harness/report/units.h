#pragma once

#include <cstdint>
#include <string>

#include "statistics/bootstrap.h"

namespace runoff {

/// "38.2 ms": on a scale of its own.
std::string time_text(double ns);

/// "0.00154", "1.95", "12.3", "104": a ratio with three digits.
std::string ratio_text(double ratio);

/// How much longer a ratio is than 1: "12 % longer (95 % sure: 9 to 15 %)", from 2 on "2.31 × as long (…)".
std::string longer_text(const Estimate& ratio);

/// "3 %", "0.5 %": a share of 1, with two digits at least.
std::string percent_text(double share);

/// "2 workers".
std::string workers_text(std::int64_t workers);

}  // namespace runoff
