#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "runoff/parameter.h"
#include "runoff/random.h"

namespace like {

inline runoff::Parameter payload_parameter() {
  return runoff::Parameter::bytes("payload", "0B", 0, std::int64_t{1} << 36,
                                  "bytes that each task hands on, beside a number");
}

/// The words of a task's payload, which says whose it is: each is this much more than the one before.
inline constexpr std::uint64_t payload_step = 0x9E3779B97F4A7C15;
inline std::uint64_t first_payload_word(std::size_t task) { return runoff::splitmix64(task, 0); }

// Whole words by themselves: with a size that the compiler knows, they are copied many at once.
inline void write_payload(std::size_t task, std::span<std::byte> payload) {
  std::uint64_t word = first_payload_word(task);
  std::size_t at = 0;
  for (; at + sizeof(word) <= payload.size(); at += sizeof(word), word += payload_step)
    std::memcpy(payload.data() + at, &word, sizeof(word));
  std::memcpy(payload.data() + at, &word, payload.size() - at);
}

/// Reads all of it.
inline bool payload_is_right(std::size_t task, std::span<const std::byte> payload) {
  std::uint64_t word = first_payload_word(task), differences = 0;
  std::size_t at = 0;
  for (; at + sizeof(word) <= payload.size(); at += sizeof(word), word += payload_step) {
    std::uint64_t found;
    std::memcpy(&found, payload.data() + at, sizeof(found));
    differences |= found ^ word;
  }
  return differences == 0 && std::memcmp(payload.data() + at, &word, payload.size() - at) == 0;
}

}  // namespace like
