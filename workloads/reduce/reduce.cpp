#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "runoff/memory.h"
#include "runoff/random.h"
#include "runoff/workload_plugin.h"

namespace {

constexpr std::uint64_t seed = 26;
constexpr int bits = 20;
constexpr double unit = 1.0 / (1 << bits);

/// Element i, in units of 2^-20. The sum of 2^33 of them takes 53 bits: a double holds it whatever the order.
std::int64_t element(std::size_t i) {
  return static_cast<std::int64_t>(runoff::splitmix64(seed, i)) >> (64 - bits);
}

/// In several sums, since one alone would wait for each addition to end before the next.
double sum_of(std::span<const double> x) {
  constexpr std::size_t lanes = 16;
  std::array<double, lanes> sums{};
  std::size_t i = 0;
  for (; i + lanes <= x.size(); i += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane) sums[lane] += x[i + lane];
  for (; i < x.size(); ++i) sums[0] += x[i];
  double sum = 0;
  for (const double lane : sums) sum += lane;
  return sum;
}

/// The sum of n doubles. Task: the sum of `grain` of them. Slots: the tasks' sums, and after them the sum of
/// all, which is a part of the execution.
class Reduce final : public runoff::Independent {
 public:
  explicit Reduce(const runoff::Parameters& parameters)
      : n_(static_cast<std::size_t>(parameters.count("n"))),
        grain_(static_cast<std::size_t>(parameters.count("grain"))) {}

  std::size_t tasks() const override { return (n_ + grain_ - 1) / grain_; }
  std::size_t slots() const override { return tasks() + 1; }
  runoff::ResultLayout result() const override { return runoff::result_of<double>(); }
  std::uint64_t bytes() const override { return std::uint64_t{sizeof(double)} * n_; }

  void layout(runoff::Memory& memory) override { x_ = memory.array_to_fill<double>(n_); }

  bool filled_by_workers() const override { return true; }
  void fill_part(runoff::Range range, runoff::Results) const override {
    const std::size_t first = range.first * grain_, last = std::min(n_, range.last * grain_);
    runoff::Memory::populate(std::as_bytes(x_.subspan(first, last - first)));
    for (std::size_t i = first; i < last; ++i) x_[i] = static_cast<double>(element(i)) * unit;
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const std::size_t first = task * grain_;
      results.at<double>(task) = sum_of(x_.subspan(first, std::min(grain_, n_ - first)));
    }
  }

  void finish(runoff::Results results) const override {
    double sum = 0;
    for (std::size_t task = 0; task < tasks(); ++task) sum += results.at<double>(task);
    results.at<double>(tasks()) = sum;
  }

  /// In integers, from the generator and not from the array.
  runoff::Check check(runoff::Results results) const override {
    std::int64_t all = 0;
    for (std::size_t task = 0; task < tasks(); ++task) {
      std::int64_t sum = 0;
      for (std::size_t i = task * grain_; i < std::min(n_, (task + 1) * grain_); ++i) sum += element(i);
      all += sum;
      const runoff::Check check = compare("the sum of task " + std::to_string(task), results, task, sum);
      if (!check.right) return check;
    }
    return compare("the sum of all tasks", results, tasks(), all);
  }

 private:
  static runoff::Check compare(const std::string& what, runoff::Results results, std::size_t slot,
                               std::int64_t units) {
    const double is = results.at<double>(slot), right = static_cast<double>(units) * unit;
    if (is == right) return runoff::Check::ok();
    return runoff::Check::wrong(what + " is " + std::to_string(is) + ", not " + std::to_string(right));
  }

  std::size_t n_;
  std::size_t grain_;
  std::span<double> x_;
};

}  // namespace

RUNOFF_WORKLOAD(Reduce,
                {
                    .name = "reduce",
                    .summary = "the sum of an array that no cache holds",
                    .bound = runoff::Bound::memory,
                    .source = "the reduction of pSTL-Bench and of every textbook; the oracle adds integers",
                    .checked_at = {"n=100000", "grain=4095"},
                    .parameters = {runoff::Parameter::count("n", 1 << 25, 0, std::int64_t{1} << 33,
                                                            "doubles in the array"),
                                   runoff::Parameter::count("grain", 1 << 15, 1, std::int64_t{1} << 33,
                                                            "doubles in one task")},
                })
