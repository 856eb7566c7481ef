#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "runoff/results.h"

namespace runoff::boost_process {

/// What the leader tells a worker, as one byte.
enum class Command : char { execute = 'x', end = 'e' };

/// What a worker tells the leader. `ready` and `done` stand alone; `slots` is followed by the slots of the
/// tasks [first, last), without padding; `failed` by the text of an exception of the kind `first`, `last`
/// bytes of it.
struct Answer {
  enum class Kind : std::uint64_t { ready, slots, done, failed };
  Kind kind = Kind::ready;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

/// Reads all of `bytes`. False when the pipe ended before. Throws std::system_error.
bool read_all(int descriptor, std::span<std::byte> bytes);
/// Writes all of `bytes`. Throws std::system_error.
void write_all(int descriptor, std::span<const std::byte> bytes);

/// Moves the slots of a range through a pipe, without the padding between them. Reading is false when the
/// pipe ended before.
bool read_slots(int descriptor, Range range, Results results);
void write_slots(int descriptor, Range range, Results results);

template <class T>
bool read_object(int descriptor, T& object) {
  return read_all(descriptor, std::as_writable_bytes(std::span(&object, 1)));
}
template <class T>
void write_object(int descriptor, const T& object) {
  write_all(descriptor, std::as_bytes(std::span(&object, 1)));
}

/// Whether a new program inherits the descriptor. Async-signal-safe. False on failure.
bool set_inherited(int descriptor, bool inherited);

}  // namespace runoff::boost_process
