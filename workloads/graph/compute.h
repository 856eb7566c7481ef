#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace graph {

/// As in Task Bench's compute kernel, an iteration is a multiply-add on each of 64 doubles: 128 FLOP.
constexpr std::size_t lanes = 64;
constexpr double flop_of_iteration = 2 * lanes;

/// x <- x * factor + 1, so often, on lanes that begin with start, start + 1 ... start + 63. Returns their
/// sum. With a factor of 1 all numbers are integers and exact, whatever the width of the vectors and whether
/// the two operations are fused; the factor is an argument so that no compiler drops the multiplication.
using Compute = std::uint64_t(double start, double factor, std::uint64_t iterations);

/// The same work in vectors of one width.
struct ComputeForm {
  const char* name;
  Compute* run;
};

/// Those that this processor can run, the widest last.
std::span<const ComputeForm> compute_forms();

}  // namespace graph
