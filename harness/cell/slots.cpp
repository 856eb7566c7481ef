#include "cell/slots.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <span>

namespace runoff::cell {
namespace {

/// In every byte: no count, sum or length that a workload would write, and no double of a sane size.
constexpr std::byte wiped{0xA5};
/// Before the slots lie the inputs, and behind them what the harness counts with.
constexpr std::size_t guard = 4096;

bool is_wiped(std::span<const std::byte> bytes) {
  return bytes.empty() ||
         (bytes.front() == wiped && std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

std::span<std::byte> with_guards(Results results) {
  return {results.all().data() - guard, guard + results.all().size() + guard};
}

std::size_t rounded_up(std::size_t bytes, std::size_t alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

}  // namespace

std::size_t slot_stride(ResultLayout layout) {
  const std::size_t alignment = std::max(layout.alignment, cache_line);
  return std::max(alignment, rounded_up(layout.size, alignment));
}

Results claim_results(const Workload& workload, Memory& memory) {
  const ResultLayout layout = workload.result();
  const std::size_t stride = slot_stride(layout), alignment = std::max(layout.alignment, cache_line);
  const std::size_t before = rounded_up(guard, alignment);
  std::size_t bytes = 0;
  if (layout.size > memory.capacity() || __builtin_mul_overflow(workload.slots(), stride, &bytes) ||
      __builtin_add_overflow(bytes, before + guard, &bytes))
    throw std::bad_alloc();
  return {memory.bytes(bytes, alignment) + before, workload.slots(), layout.size, stride};
}

void wipe(Results results) {
  const auto bytes = with_guards(results);
  Memory::populate(bytes);
  std::memset(bytes.data(), std::to_integer<int>(wiped), bytes.size());
}

std::size_t missing(Results results) {
  std::size_t missing = 0;
  for (std::size_t slot = 0; slot < results.count(); ++slot) missing += is_wiped(results.bytes(slot));
  return missing;
}

std::string written_beside(Results results) {
  const std::string size = std::to_string(results.size()) + " bytes of a result (Workload::result)";
  const std::string slots = " of " + std::to_string(results.count()) + " slots (Workload::slots)";
  if (!is_wiped(with_guards(results).first(guard))) return "something was written before the first" + slots;
  for (std::size_t slot = 0; slot < results.count(); ++slot) {
    const auto result = results.bytes(slot);
    if (!is_wiped({result.data() + result.size(), results.stride() - result.size()}))
      return "slot " + std::to_string(slot) + " was written beyond the " + size;
  }
  if (!is_wiped(with_guards(results).last(guard))) return "something was written behind the last" + slots;
  return {};
}

}  // namespace runoff::cell
