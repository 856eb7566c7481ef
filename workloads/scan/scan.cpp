#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "runoff/memory.h"
#include "runoff/random.h"
#include "runoff/workload_plugin.h"

namespace {

using runoff::Interval;
constexpr std::uint64_t seed = 27;

/// Element i: 30 bits and a sign, so that no sum of 2^33 of them overflows.
std::int64_t element(std::size_t i) { return static_cast<std::int64_t>(runoff::splitmix64(seed, i)) >> 33; }

/// The inclusive prefix sum of n integers, out of place, in two passes over the input (reduce, then scan): a
/// graph whose step 0 adds up blocks of `grain`, whose step 1, a single task, makes of the sums where each
/// block starts, and whose step 2 writes the blocks. The slots of step 2 are the output.
class Scan final : public runoff::Dependent {
 public:
  explicit Scan(const runoff::Parameters& parameters)
      : n_(static_cast<std::size_t>(parameters.count("n"))),
        grain_(std::min(n_, static_cast<std::size_t>(parameters.count("grain")))),
        blocks_((n_ + grain_ - 1) / grain_),
        every_block_{0, static_cast<std::uint32_t>(blocks_ - 1)} {}

  std::size_t tasks() const override { return 2 * blocks_ + 1; }
  std::size_t slots() const override { return tasks(); }
  // A block of the output, or the starts of all blocks.
  runoff::ResultLayout result() const override {
    return {std::max(grain_, blocks_) * sizeof(std::int64_t), runoff::cache_line};
  }
  /// The input twice, the output once.
  std::uint64_t bytes() const override { return std::uint64_t{3} * sizeof(std::int64_t) * n_; }

  std::size_t steps() const override { return 3; }
  std::size_t width(std::size_t step) const override { return step == starts ? 1 : blocks_; }
  std::size_t slot(std::size_t step, std::size_t point) const override {
    constexpr std::size_t blocks_before[] = {0, 1, 1}, others_before[] = {0, 0, 1};
    return blocks_before[step] * blocks_ + others_before[step] + point;
  }
  std::span<const Interval> dependencies(std::size_t step, std::size_t) const override {
    if (step == sums) return {};
    return {step == starts ? &every_block_ : &the_only_one_, 1};
  }
  std::span<const Interval> dependents(std::size_t step, std::size_t) const override {
    if (step == output) return {};
    return {step == starts ? &every_block_ : &the_only_one_, 1};
  }

  void layout(runoff::Memory& memory) override { x_ = memory.array_to_fill<std::int64_t>(n_); }

  void fill(const runoff::Memory&) override {
    runoff::Memory::populate(std::as_bytes(x_));
    for (std::size_t i = 0; i < n_; ++i) x_[i] = element(i);
  }

  void run(std::size_t step, std::size_t point, runoff::Results results) const override {
    std::int64_t* out = &results.at<std::int64_t>(slot(step, point));
    switch (step) {
      case sums: {
        std::int64_t sum = 0;
        for (const std::int64_t value : block(point)) sum += value;
        *out = sum;
        break;
      }
      case starts: {
        std::int64_t sum = 0;
        for (std::size_t other = 0; other < blocks_; ++other) {
          out[other] = sum;
          sum += results.at<std::int64_t>(slot(sums, other));
        }
        break;
      }
      default: {
        std::int64_t sum = (&results.at<std::int64_t>(slot(starts, 0)))[point];
        for (const std::int64_t value : block(point)) *out++ = sum += value;
      }
    }
  }

  /// From the generator and not from the array, in one go from the first to the last.
  runoff::Check check(runoff::Results results) const override {
    std::int64_t sum = 0;
    for (std::size_t point = 0; point < blocks_; ++point) {
      const std::int64_t* out = &results.at<std::int64_t>(slot(output, point));
      for (std::size_t i = point * grain_; i < std::min(n_, (point + 1) * grain_); ++i, ++out) {
        sum += element(i);
        if (*out != sum)
          return runoff::Check::wrong("sum " + std::to_string(i) + " is " + std::to_string(*out) + ", not " +
                                      std::to_string(sum));
      }
    }
    return runoff::Check::ok();
  }

 private:
  enum Step : std::size_t { sums, starts, output };

  std::span<const std::int64_t> block(std::size_t point) const {
    const std::size_t first = point * grain_;
    return x_.subspan(first, std::min(grain_, n_ - first));
  }

  static constexpr Interval the_only_one_{0, 0};
  std::size_t n_;
  std::size_t grain_;
  std::size_t blocks_;
  Interval every_block_;
  std::span<std::int64_t> x_;
};

}  // namespace

RUNOFF_WORKLOAD(Scan,
                {
                    .name = "scan",
                    .summary = "the prefix sum of an array that no cache holds, as a graph of three steps",
                    .bound = runoff::Bound::memory,
                    .source = "Blelloch, Prefix Sums and Their Applications (CMU-CS-90-190): sums of "
                              "blocks, their scan, the blocks; the oracle adds in order",
                    .checked_at = {"n=100000", "grain=4095"},
                    .parameters = {runoff::Parameter::count("n", 1 << 24, 1, std::int64_t{1} << 33,
                                                            "64-bit integers in the array"),
                                   runoff::Parameter::count("grain", 1 << 15, 8, std::int64_t{1} << 33,
                                                            "integers in one task")},
                })
