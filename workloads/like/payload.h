#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "runoff/parameters.h"
#include "runoff/random.h"

namespace like {

inline runoff::Parameter payload_parameter() {
  return runoff::Parameter::bytes("payload", "0B", 0, std::int64_t{1} << 36,
                                  "bytes that each task hands on, beside a number");
}

/// Calls visit(place, its bytes, word) for each word of the task's payload of `size` bytes, which says whose
/// it is.
template <class Visit>
void each_payload_word(std::size_t task, std::size_t size, Visit visit) {
  std::uint64_t word = runoff::splitmix64(task, 0);
  for (std::size_t at = 0; at < size; at += sizeof(word), word += 0x9E3779B97F4A7C15)
    visit(at, std::min(sizeof(word), size - at), word);
}

inline void write_payload(std::size_t task, std::span<std::byte> payload) {
  each_payload_word(task, payload.size(), [&](std::size_t at, std::size_t size, std::uint64_t word) {
    std::memcpy(payload.data() + at, &word, size);
  });
}

/// Reads all of it.
inline bool payload_is_right(std::size_t task, std::span<const std::byte> payload) {
  std::uint64_t differences = 0;
  each_payload_word(task, payload.size(), [&](std::size_t at, std::size_t size, std::uint64_t word) {
    std::uint64_t found = 0, right = 0;
    std::memcpy(&found, payload.data() + at, size);
    std::memcpy(&right, &word, size);
    differences |= found ^ right;
  });
  return differences == 0;
}

}  // namespace like
