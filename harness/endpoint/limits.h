#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace runoff::endpoint {

/// Limits that hold whatever clients do.
struct Limits {
  std::uint32_t head_bytes = 8 << 10;  ///< of one request: its line and its fields
  std::size_t held_bytes = 16 << 20;   ///< of heads and requests to come, of all connections
  std::size_t connections = 10'000;    ///< at a time, of each thread
  std::chrono::nanoseconds idle = std::chrono::seconds(60);  ///< between two requests
  std::chrono::nanoseconds time = std::chrono::seconds(30);  ///< for a head to come, and for an answer to go
};

}  // namespace runoff::endpoint
