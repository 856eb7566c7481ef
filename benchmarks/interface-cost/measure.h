#pragma once

#include <string>
#include <vector>

/// Times of one execution, in ns, that were measured one after the other.
struct Pair {
  double interface;
  double by_hand;
};

/// Runs `kernel` (primes or triad) on this many workers of one runtime in this process, `times` times each
/// way, in turn: through the interface and as a program by hand would. Both work on the same memory.
std::vector<Pair> measure(const std::string& modules, const std::string& runtime, const std::string& kernel,
                          unsigned workers, unsigned times);
