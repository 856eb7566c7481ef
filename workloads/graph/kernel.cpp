#include "kernel.h"

#include <algorithm>
#include <chrono>

#include "runoff/memory.h"
#include "runoff/random.h"

namespace graph {
namespace {

/// Far more than caches hold, shared out among the points.
constexpr std::size_t buffer_bytes = std::size_t{64} << 20;
constexpr std::size_t block_words = 4096 / sizeof(std::uint64_t);
/// Word i of the buffer is i times this, modulo 2^64: sums over stretches have a closed form.
constexpr std::uint64_t word_factor = 0x9E3779B97F4A7C15;

/// 0 + 1 + … + (n - 1), modulo 2^64.
constexpr std::uint64_t triangle(std::uint64_t n) {
  if (n == 0) return 0;
  return n % 2 == 0 ? n / 2 * (n - 1) : (n - 1) / 2 * n;
}

std::uint64_t wait(std::chrono::nanoseconds duration) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  auto now = begin;
  while (now - begin < duration) now = Clock::now();
  return static_cast<std::uint64_t>(std::chrono::nanoseconds(now - begin).count());
}

}  // namespace

const std::vector<std::string>& work_names() {
  static const std::vector<std::string> names{"compute", "empty", "memory", "busy-wait", "imbalance"};
  return names;
}

Work work_of(const std::string& name) {
  const auto& names = work_names();
  return static_cast<Work>(std::find(names.begin(), names.end(), name) - names.begin());
}

Kernel::Kernel(const Form& form) : form_(form), compute_(compute_forms().back().run) {}

void Kernel::layout(runoff::Memory& memory) {
  if (form_.work != Work::memory) return;
  blocks_ = std::max<std::size_t>(1, buffer_bytes / sizeof(std::uint64_t) / block_words / form_.width);
  buffer_ = memory.array<std::uint64_t>(form_.width * blocks_ * block_words);
}

void Kernel::fill() {
  for (std::size_t i = 0; i < buffer_.size(); ++i) buffer_[i] = i * word_factor;
}

std::uint64_t Kernel::bytes() const {
  return form_.work == Work::memory ? form_.grain * block_words * sizeof(std::uint64_t) : 0;
}

std::uint64_t Kernel::run(std::size_t step, std::size_t point) const {
  switch (form_.work) {
    case Work::empty:
      return 0;
    case Work::compute:
      return compute_(start(step, point), factor_, form_.grain);
    case Work::imbalance:
      return compute_(start(step, point), factor_, iterations(step, point));
    case Work::memory:
      return stream(step, point);
    case Work::busy_wait:
      return wait(std::chrono::nanoseconds(form_.grain));
  }
  return 0;
}

bool Kernel::is_right(std::size_t step, std::size_t point, std::uint64_t value) const {
  switch (form_.work) {
    case Work::empty:
      return value == 0;
    case Work::compute:
    case Work::imbalance: {
      const std::uint64_t n = form_.work == Work::compute ? form_.grain : iterations(step, point);
      const auto first = static_cast<std::uint64_t>(start(step, point));
      return value == lanes * first + triangle(lanes) + n * lanes;
    }
    case Work::memory:
      return value == stream_at_once(step, point);
    case Work::busy_wait:
      return value >= form_.grain;
  }
  return false;
}

/// The grain times a factor, uniform from 0 to 2.
std::uint64_t Kernel::iterations(std::size_t step, std::size_t point) const {
  const unsigned __int128 drawn = runoff::splitmix64(form_.seed, step * form_.width + point);
  return static_cast<std::uint64_t>(drawn * (2 * form_.grain + 1) >> 64);
}

double Kernel::start(std::size_t step, std::size_t point) const {
  return static_cast<double>((step * form_.width + point) % (1 << 20));
}

/// Step by step further on, so that what the step before has left in a cache is of no use.
Kernel::Stretch Kernel::stretch(std::size_t step) const {
  return {step * form_.grain % blocks_, form_.grain};
}

std::uint64_t Kernel::stream(std::size_t step, std::size_t point) const {
  const auto own = buffer_.subspan(point * blocks_ * block_words, blocks_ * block_words);
  auto [block, count] = stretch(step);
  std::uint64_t sum = 0;
  for (; count > 0; --count) {
    for (const std::uint64_t word : own.subspan(block * block_words, block_words)) sum += word;
    if (++block == blocks_) block = 0;
  }
  return sum;
}

std::uint64_t Kernel::stream_at_once(std::size_t step, std::size_t point) const {
  // Of the words of the point's blocks [0, end).
  const std::uint64_t base = point * blocks_ * block_words;
  const auto up_to = [&](std::uint64_t end) {
    return word_factor * (triangle(base + end * block_words) - triangle(base));
  };
  const auto [first, count] = stretch(step);
  const std::uint64_t last = first + count % blocks_;
  const std::uint64_t rest =
      last <= blocks_ ? up_to(last) - up_to(first) : up_to(blocks_) - up_to(first) + up_to(last - blocks_);
  return count / blocks_ * up_to(blocks_) + rest;
}

}  // namespace graph
