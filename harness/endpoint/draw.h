#pragma once

#include <cstdint>
#include <string_view>

#include "runoff/endpoint_content.h"
#include "runoff/random.h"

namespace runoff::endpoint {

/// What a draw decides. The numbers are part of what clients can compute for themselves.
enum class Draw : std::uint64_t { failure = 0, latency = 1, latency_angle = 2 };

/// A number from 0 up to but not 1 that seed and path alone decide, so that a path always fares the same.
inline double draw(std::uint64_t seed, std::string_view path, Draw what) {
  const std::uint64_t stream = splitmix64(seed, 0) ^ fnv1a(path);
  return static_cast<double>(splitmix64(stream, static_cast<std::uint64_t>(what)) >> 11) * 0x1p-53;
}

}  // namespace runoff::endpoint
