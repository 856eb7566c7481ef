#include "pipes.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

namespace runoff::boost_process {
namespace {

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// Slots that go through the buffer at once, so that a chunk of any size needs little memory.
std::size_t slots_at_once(Results results) {
  return std::max<std::size_t>(1, (std::size_t{1} << 18) / std::max<std::size_t>(1, results.size()));
}

// Calls move(buffer, first, count) for stretches of the range.
template <class Move>
bool by_stretches(Range range, Results results, Move move) {
  const std::size_t most = std::min(slots_at_once(results), range.size());
  std::vector<std::byte> buffer(most * results.size());
  for (std::size_t first = range.first; first < range.last; first += most) {
    const std::size_t count = std::min(most, range.last - first);
    if (!move(std::span(buffer).first(count * results.size()), first, count)) return false;
  }
  return true;
}

}  // namespace

bool read_all(int descriptor, std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::read(descriptor, bytes.data(), bytes.size());
    if (count == 0) return false;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_errno("read from a worker's pipe");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

void write_all(int descriptor, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_errno("write to a worker's pipe");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

bool read_slots(int descriptor, Range range, Results results) {
  return by_stretches(range, results, [&](std::span<std::byte> buffer, std::size_t first, std::size_t count) {
    if (!read_all(descriptor, buffer)) return false;
    for (std::size_t i = 0; i < count; ++i)
      std::ranges::copy(buffer.subspan(i * results.size(), results.size()), results.bytes(first + i).begin());
    return true;
  });
}

void write_slots(int descriptor, Range range, Results results) {
  by_stretches(range, results, [&](std::span<std::byte> buffer, std::size_t first, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
      std::ranges::copy(results.bytes(first + i),
                        buffer.begin() + static_cast<std::ptrdiff_t>(i * results.size()));
    write_all(descriptor, buffer);
    return true;
  });
}

bool set_inherited(int descriptor, bool inherited) {
  return ::fcntl(descriptor, F_SETFD, inherited ? 0 : FD_CLOEXEC) == 0;
}

}  // namespace runoff::boost_process
