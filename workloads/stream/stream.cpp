#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "runoff/plugin.h"
#include "runoff/random.h"

namespace {

// The arrays hold multiples of 2^-32 and the scalar is a small integer (3, as in McCalpin's STREAM), so the
// triad is exact in double precision, fused or not, and integers can check it.
constexpr std::int64_t scalar = 3;
constexpr double unit = 1.0 / 4294967296.0;
constexpr std::uint64_t seed = 25;
constexpr std::size_t doubles_in_line = runoff::cache_line / sizeof(double);

/// Element i of b and of c, in units of 2^-32.
struct Element {
  std::int64_t b, c;
  explicit Element(std::size_t i) {
    const std::uint64_t bits = runoff::splitmix64(seed, i);
    b = static_cast<std::int32_t>(bits >> 32);
    c = static_cast<std::int32_t>(bits);
  }
};

/// The triad that the memory's bandwidth limits. Task: `grain` elements. The result slots are the array a
/// itself.
class Stream final : public runoff::Independent {
 public:
  explicit Stream(const runoff::Parameters& parameters)
      : n_(static_cast<std::size_t>(parameters.count("n"))),
        grain_(static_cast<std::size_t>(parameters.count("grain"))) {
    if (grain_ % doubles_in_line != 0)
      throw runoff::InvalidParameter("'grain' cannot be '" + std::to_string(grain_) +
                                     "'; whole cache lines make a task, so take a multiple of 8 such as " +
                                     std::to_string(whole_lines(grain_)));
    grain_ = std::min(grain_, std::max(whole_lines(n_), doubles_in_line));  // no slot larger than the array
  }

  std::size_t tasks() const override { return (n_ + grain_ - 1) / grain_; }
  // Whole cache lines: the slots lie side by side, as an array.
  runoff::ResultLayout result() const override { return {grain_ * sizeof(double), runoff::cache_line}; }
  // As BabelStream counts: two arrays read, one written.
  std::uint64_t bytes() const override { return std::uint64_t{3} * sizeof(double) * n_; }

  void layout(runoff::Memory& memory) override {
    b_ = memory.array<double>(n_);
    c_ = memory.array<double>(n_);
  }

  void fill(const runoff::Memory& memory) override {
    memory.populate(std::as_bytes(b_));
    memory.populate(std::as_bytes(c_));
    for (std::size_t i = 0; i < n_; ++i) {
      const Element element(i);
      b_[i] = static_cast<double>(element.b) * unit;
      c_[i] = static_cast<double>(element.c) * unit;
    }
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const std::size_t first = task * grain_;
      triad(&results.at<double>(task), b_.data() + first, c_.data() + first, std::min(grain_, n_ - first));
    }
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks(); ++task) {
      const double* a = &results.at<double>(task);
      const std::size_t first = task * grain_;
      const std::size_t size = std::min(grain_, n_ - first);
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < size; ++i) wrong += a[i] != expected(first + i);
      if (wrong == 0) continue;
      std::size_t i = 0;
      while (a[i] == expected(first + i)) ++i;
      return runoff::Check::wrong("a[" + std::to_string(first + i) + "] is " + std::to_string(a[i]) +
                                  ", not " + std::to_string(expected(first + i)) + "; " +
                                  std::to_string(wrong) + " elements of task " + std::to_string(task) +
                                  " are wrong");
    }
    return runoff::Check::ok();
  }

 private:
  static void triad(double* __restrict a, const double* __restrict b, const double* __restrict c,
                    std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) a[i] = b[i] + static_cast<double>(scalar) * c[i];
  }

  /// The least multiple of a cache line's doubles that is not below `doubles`.
  static std::size_t whole_lines(std::size_t doubles) {
    return (doubles + doubles_in_line - 1) / doubles_in_line * doubles_in_line;
  }

  /// The triad in integers, from the generator and not from the arrays.
  static double expected(std::size_t i) {
    const Element element(i);
    return static_cast<double>(element.b + scalar * element.c) * unit;
  }

  std::size_t n_;
  std::size_t grain_;
  std::span<double> b_;
  std::span<double> c_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Stream, {
                .name = "stream",
                .summary = "a[i] = b[i] + 3 c[i] over arrays that no cache holds",
                .bound = runoff::Bound::memory,
                .source = "McCalpin's STREAM and BabelStream; the oracle recomputes in integers",
                .parameters = {runoff::Parameter::choice("kernel", {"triad"}, "which of STREAM's kernels"),
                               runoff::Parameter::count("n", 1 << 25, 0, std::int64_t{1} << 33,
                                                        "doubles in each of the three arrays"),
                               runoff::Parameter::count("grain", 1 << 15, 8, std::int64_t{1} << 33,
                                                        "doubles in one task, a multiple of 8")},
            })
