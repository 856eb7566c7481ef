#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "runoff/recursive_of.h"
#include "runoff/workload_plugin.h"

namespace {

/// The n-th Fibonacci number by the recursion that defines it: nearly no work in a task, so it shows what a
/// runtime asks for a task. One task is one call that is not below the cut-off.
class Fib final : public runoff::RecursiveOf<Fib, int, std::int64_t> {
 public:
  explicit Fib(const runoff::Parameters& parameters)
      : n_(static_cast<int>(parameters.count("n"))),
        cutoff_(std::max(2, static_cast<int>(parameters.count("cutoff")))) {}

  int root() const { return n_; }

  template <class Fork>
  std::int64_t solve(int n, Fork& fork) const {
    if constexpr (Fork::parallel) {
      if (n < cutoff_) return n < 2 ? n : fork.serially(n);
    } else {
      if (n < 2) return n;
    }
    const auto [a, b] = fork(n - 1, n - 2);
    return a + b;
  }

  /// Without a cut-off 2 fib(n + 1) - 1.
  std::size_t tasks() const override {
    std::size_t below = 1, tasks = 1;
    for (int n = cutoff_; n <= n_; ++n) tasks = 1 + tasks + std::exchange(below, tasks);
    return tasks;
  }

  runoff::Check check(runoff::Results results) const override {
    const std::int64_t expected = by_iteration(n_);
    const std::int64_t result = results.at<std::int64_t>(0);
    if (result == expected) return runoff::Check::ok();
    return runoff::Check::wrong("fib(" + std::to_string(n_) + ") is " + std::to_string(expected) + ", not " +
                                std::to_string(result));
  }

 private:
  static std::int64_t by_iteration(int n) {
    std::int64_t a = 0, b = 1;
    for (int i = 0; i < n; ++i) a = std::exchange(b, a + b);
    return a;
  }

  int n_;
  int cutoff_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Fib, {
             .name = "fib",
             .summary = "the n-th Fibonacci number by recursion, a task a call",
             .bound = runoff::Bound::runtime,
             .source = "the usual fork-join micro-benchmark; numbers: OEIS A000045",
             .checked_at = {"n=18", "cutoff=0,9"},
             .parameters = {runoff::Parameter::count("n", 30, 0, 45, "which Fibonacci number"),
                            runoff::Parameter::count("cutoff", 0, 0, 45,
                                                     "below this number nothing is forked; 0 forks always")},
         })
