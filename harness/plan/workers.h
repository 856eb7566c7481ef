#pragma once

#include <span>
#include <string>
#include <vector>

namespace runoff {

/// More workers than this are refused, because no machine that runoff is made for has use for them.
inline constexpr unsigned most_workers = 4096;

/// Reads numbers, "cores", multiples of them such as "4xcores", and "auto": 1, 2, 4 … the cores, and twice
/// that. Sorted, each once. Throws UsageError.
std::vector<unsigned> parse_workers(std::span<const std::string> items, unsigned cores);

}  // namespace runoff
