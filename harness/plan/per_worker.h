#pragma once

#include <span>
#include <string>
#include <vector>

namespace runoff {

/// Whether a setting has a value that grows with the number of workers: "primes.n=250000*workers".
bool grow_with_workers(std::span<const std::string> settings);

/// The settings as they are with so many workers: "primes.n=1000000" with 4. Throws UsageError for what is no
/// number before "*workers".
std::vector<std::string> at_workers(std::span<const std::string> settings, unsigned workers);

}  // namespace runoff
