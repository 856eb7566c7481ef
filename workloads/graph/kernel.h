#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "compute.h"
#include "runoff/memory.h"

namespace graph {

enum class Work { compute, empty, memory, busy_wait, imbalance };

/// The names of the kinds of work, in their order.
const std::vector<std::string>& work_names();
Work work_of(const std::string& name);

/// What a task does beside reading its inputs and writing its output. Its value depends on all of the work,
/// and is known without doing it.
class Kernel {
 public:
  struct Form {
    Work work = Work::compute;
    std::uint64_t grain = 0;
    std::uint64_t seed = 0;
    std::size_t width = 1;
  };
  explicit Kernel(const Form& form);

  void layout(runoff::Memory& memory);
  void fill();
  /// Bytes that a task streams through the processor.
  std::uint64_t bytes() const;

  std::uint64_t run(std::size_t step, std::size_t point) const;
  /// Whether `value` is what `run` returns, from closed forms.
  bool is_right(std::size_t step, std::size_t point, std::uint64_t value) const;

 private:
  /// Blocks of a point's part of the buffer, from `first` on, around its end.
  struct Stretch {
    std::size_t first;
    std::uint64_t count;
  };

  std::uint64_t iterations(std::size_t step, std::size_t point) const;
  double start(std::size_t step, std::size_t point) const;
  Stretch stretch(std::size_t step) const;
  std::uint64_t stream(std::size_t step, std::size_t point) const;
  std::uint64_t stream_at_once(std::size_t step, std::size_t point) const;

  Form form_;
  Compute* compute_;
  double factor_ = 1;       // unknown to the compiler, or it would drop the multiplication
  std::size_t blocks_ = 0;  // of each point
  std::span<std::uint64_t> buffer_;
};

}  // namespace graph
