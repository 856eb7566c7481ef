#pragma once

#include <span>
#include <string>
#include <vector>

#include "machine/boundaries.h"

namespace runoff {

/// More workers than this are refused, because no machine that runoff is made for has use for them.
inline constexpr unsigned most_workers = 4096;

/// Machines with more cores get no workers beyond them from "auto": a cell takes the longer the more workers
/// it has, and what twice as many bring is known from fewer.
inline constexpr unsigned most_cores_doubled = 64;

/// Reads numbers, "cores", multiples of them such as "4xcores", and "auto": 1, 2, 4 … the cores, the
/// boundaries of the machine up to there, and twice the cores where they are few. Sorted, each once. Throws
/// UsageError.
std::vector<unsigned> parse_workers(std::span<const std::string> items, unsigned cores,
                                    std::span<const Boundary> boundaries = {});

}  // namespace runoff
