#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "runoff/scheduling/range.h"

namespace runoff {

/// Bytes and alignment of one task's result.
struct ResultLayout {
  std::size_t size = 0;
  std::size_t alignment = alignof(std::max_align_t);
};

template <class T>
constexpr ResultLayout result_of() {
  return {sizeof(T), alignof(T)};
}

/// One slot of memory for each task's result. A task writes its own slot and no other, so results need no
/// lock. The harness chooses the stride (at least a cache line, so that neighbours do not share one) and
/// keeps the slots in memory that forked and spawned workers see too. A view: copying it copies no result.
class Results {
 public:
  Results() = default;
  Results(std::byte* first, std::size_t count, std::size_t size, std::size_t stride)
      : first_(first), count_(count), size_(size), stride_(stride) {}

  template <class T>
  T& at(std::size_t slot) const {
    return *reinterpret_cast<T*>(first_ + slot * stride_);
  }

  /// The `size()` bytes of one slot.
  std::span<std::byte> bytes(std::size_t slot) const { return {first_ + slot * stride_, size_}; }

  std::size_t count() const { return count_; }
  std::size_t size() const { return size_; }
  std::size_t stride() const { return stride_; }
  /// All slots, with the padding between them.
  std::span<std::byte> all() const { return {first_, count_ * stride_}; }

 private:
  std::byte* first_ = nullptr;
  std::size_t count_ = 0;
  std::size_t size_ = 0;
  std::size_t stride_ = 0;
};

/// A verdict on results. `why` names the first thing that is wrong; where all is right, what is to be said of
/// it.
struct Check {
  bool right = false;
  std::string why;
  /// How much of the work is lost, where the workload is made to show that: additions in a race, tasks.
  std::optional<std::uint64_t> lost = {};

  static Check ok(std::string remark = {}) { return {true, std::move(remark)}; }
  static Check ok(std::uint64_t lost, std::string remark) { return {true, std::move(remark), lost}; }
  static Check wrong(std::string why) { return {false, std::move(why)}; }
};

}  // namespace runoff
