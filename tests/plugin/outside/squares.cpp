#include <cstdint>

#include "runoff/workload_plugin.h"

namespace {

/// The squares of 0, 1, 2 …; their sum has a closed form.
class Squares final : public runoff::Independent {
 public:
  explicit Squares(const runoff::Parameters& parameters)
      : n_(static_cast<std::size_t>(parameters.count("n"))) {}

  std::size_t tasks() const override { return n_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task)
      results.at<std::uint64_t>(task) = task * task;
  }

  runoff::Check check(runoff::Results results) const override {
    std::uint64_t sum = 0;
    for (std::size_t task = 0; task < n_; ++task) sum += results.at<std::uint64_t>(task);
    const std::uint64_t expected = n_ == 0 ? 0 : (n_ - 1) * n_ * (2 * n_ - 1) / 6;
    return sum == expected ? runoff::Check::ok() : runoff::Check::wrong("the squares do not sum up");
  }

 private:
  std::size_t n_;
};

}  // namespace

RUNOFF_WORKLOAD(Squares, {
                             .name = "squares",
                             .summary = "the squares of the first n numbers",
                             .bound = runoff::Bound::cpu,
                             .source = "Faulhaber's formula",
                             .parameters = {runoff::Parameter::count("n", 1'000, 0, 1'000'000, "how many")},
                         })
