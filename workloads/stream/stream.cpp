#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "kernels.h"
#include "oracle.h"
#include "runoff/memory.h"
#include "runoff/workload_plugin.h"

namespace {

using stream::Element, stream::Kernel;

constexpr std::size_t doubles_in_line = runoff::cache_line / sizeof(double);

Kernel kernel_named(const std::string& name) {
  if (name == "copy") return Kernel::copy;
  if (name == "mul") return Kernel::mul;
  if (name == "add") return Kernel::add;
  if (name == "dot") return Kernel::dot;
  return Kernel::triad;
}

/// The kernels that the memory's bandwidth limits. Task: `grain` elements. The result slots are the array
/// that the kernel writes; those of dot are the tasks' sums, and after them the sum of all.
class Stream final : public runoff::Independent {
 public:
  explicit Stream(const runoff::Parameters& parameters)
      : kernel_(kernel_named(parameters.text("kernel"))),
        // A product of two such takes 20 bits and the sum of 2^33 of them 53, which is what a double holds.
        bits_(kernel_ == Kernel::dot ? 10 : 32),
        unit_(1.0 / static_cast<double>(std::uint64_t{1} << bits_)),
        n_(static_cast<std::size_t>(parameters.count("n"))),
        grain_(static_cast<std::size_t>(parameters.count("grain"))),
        by_workers_(parameters.text("filled-by") == "workers") {
    if (grain_ % doubles_in_line != 0)
      throw runoff::InvalidParameter("'grain' cannot be '" + std::to_string(grain_) +
                                     "'; whole cache lines make a task, so take a multiple of 8 such as " +
                                     std::to_string(whole_lines(grain_)));
    grain_ = std::min(grain_, std::max(whole_lines(n_), doubles_in_line));  // no slot larger than the array
  }

  std::size_t tasks() const override { return (n_ + grain_ - 1) / grain_; }
  std::size_t slots() const override { return tasks() + (sums() ? 1 : 0); }
  // Whole cache lines: the slots lie side by side, as an array.
  runoff::ResultLayout result() const override {
    if (sums()) return runoff::result_of<double>();
    return {grain_ * sizeof(double), runoff::cache_line};
  }
  // As BabelStream counts: each array once that is read or written.
  std::uint64_t bytes() const override {
    const std::uint64_t arrays = (reads_y() ? 2 : 1) + (sums() ? 0 : 1);
    return arrays * sizeof(double) * n_;
  }

  void layout(runoff::Memory& memory) override {
    x_ = memory.array_to_fill<double>(n_);
    if (reads_y()) y_ = memory.array_to_fill<double>(n_);
  }

  bool filled_by_workers() const override { return by_workers_; }
  void fill(const runoff::Memory&) override {
    if (!by_workers_) write_inputs({0, tasks()});
  }
  void fill_part(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task)
      runoff::Memory::populate(results.bytes(task));
    write_inputs(range);
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const std::size_t first = task * grain_;
      const std::size_t size = std::min(grain_, n_ - first);
      double* out = &results.at<double>(task);
      const double* x = x_.data() + first;
      const double* y = y_.data() + (reads_y() ? first : 0);
      switch (kernel_) {
        case Kernel::triad:
          stream::triad(out, x, y, size);
          break;
        case Kernel::copy:
          stream::copy(out, x, size);
          break;
        case Kernel::mul:
          stream::mul(out, x, size);
          break;
        case Kernel::add:
          stream::add(out, x, y, size);
          break;
        case Kernel::dot:
          *out = stream::dot(x, y, size);
          break;
      }
    }
  }

  void finish(runoff::Results results) const override {
    if (!sums()) return;
    double sum = 0;
    for (std::size_t task = 0; task < tasks(); ++task) sum += results.at<double>(task);
    results.at<double>(tasks()) = sum;
  }

  runoff::Check check(runoff::Results results) const override {
    return sums() ? check_sums(results) : check_array(results);
  }

 private:
  void write_inputs(runoff::Range range) const {
    const std::size_t first = range.first * grain_, last = std::min(n_, range.last * grain_);
    runoff::Memory::populate(std::as_bytes(x_.subspan(first, last - first)));
    if (reads_y()) runoff::Memory::populate(std::as_bytes(y_.subspan(first, last - first)));
    for (std::size_t i = first; i < last; ++i) {
      const Element element(i, bits_);
      x_[i] = static_cast<double>(element.x) * unit_;
      if (reads_y()) y_[i] = static_cast<double>(element.y) * unit_;
    }
  }

  bool sums() const { return kernel_ == Kernel::dot; }
  bool reads_y() const { return kernel_ != Kernel::copy && kernel_ != Kernel::mul; }

  /// The least multiple of a cache line's doubles that is not below `doubles`.
  static std::size_t whole_lines(std::size_t doubles) {
    return (doubles + doubles_in_line - 1) / doubles_in_line * doubles_in_line;
  }

  double right(std::size_t i) const {
    return static_cast<double>(stream::expected(kernel_, i, bits_)) * unit_;
  }

  runoff::Check check_array(runoff::Results results) const {
    for (std::size_t task = 0; task < tasks(); ++task) {
      const double* out = &results.at<double>(task);
      const std::size_t first = task * grain_;
      const std::size_t size = std::min(grain_, n_ - first);
      const std::size_t wrong = stream::count_wrong(out, kernel_, first, size, bits_, unit_);
      if (wrong == 0) continue;
      std::size_t i = 0;
      while (out[i] == right(first + i)) ++i;
      return runoff::Check::wrong("a[" + std::to_string(first + i) + "] is " + std::to_string(out[i]) +
                                  ", not " + std::to_string(right(first + i)) + "; " + std::to_string(wrong) +
                                  " elements of task " + std::to_string(task) + " are wrong");
    }
    return runoff::Check::ok();
  }

  runoff::Check check_sums(runoff::Results results) const {
    const double square = unit_ * unit_;
    const auto wrong = [](const std::string& what, double is, double right) {
      return runoff::Check::wrong(what + " is " + std::to_string(is) + ", not " + std::to_string(right));
    };
    std::int64_t all = 0;
    for (std::size_t task = 0; task < tasks(); ++task) {
      std::int64_t sum = 0;
      for (std::size_t i = task * grain_; i < std::min(n_, (task + 1) * grain_); ++i)
        sum += stream::expected(kernel_, i, bits_);
      all += sum;
      const double right = static_cast<double>(sum) * square, is = results.at<double>(task);
      if (is != right) return wrong("the sum of task " + std::to_string(task), is, right);
    }
    const double right = static_cast<double>(all) * square, is = results.at<double>(tasks());
    return is == right ? runoff::Check::ok() : wrong("the sum of all tasks", is, right);
  }

  Kernel kernel_;
  int bits_;
  double unit_;
  std::size_t n_;
  std::size_t grain_;
  bool by_workers_;
  std::span<double> x_;
  std::span<double> y_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Stream,
    {
        .name = "stream",
        .summary = "copy, mul, add, triad or dot over arrays that no cache holds",
        .bound = runoff::Bound::memory,
        .source = "McCalpin's STREAM and BabelStream; the oracle recomputes in integers",
        .checked_at = {"n=100000", "grain=4096", "kernel=triad,copy,mul,add,dot"},
        .parameters =
            {runoff::Parameter::choice("kernel", {"triad", "copy", "mul", "add", "dot"},
                                       "x + 3 y, x, 3 x, x + y written to a third array; the sum of x y"),
             runoff::Parameter::count("n", 1 << 25, 0, std::int64_t{1} << 33, "doubles in each array"),
             runoff::Parameter::count("grain", 1 << 15, 8, std::int64_t{1} << 33,
                                      "doubles in one task, a multiple of 8"),
             runoff::Parameter::choice("filled-by", {"workers", "one"},
                                       "what writes the inputs first: each worker its part, or one all")},
    })
