#include <cstdint>
#include <string>

#include "runoff/python_form.h"
#include "runoff/recursive_of.h"
#include "runoff/workload_plugin.h"

namespace {

/// A full binary tree of tasks: each forks two and waits for both, and the leaves only return
/// their numbers. Nodes are numbered as in a heap, so that no two calls are alike and none can stand in for
/// another.
class ForkJoin final : public runoff::RecursiveOf<ForkJoin, std::uint32_t, std::uint64_t>,
                       public runoff::PythonForm {
 public:
  explicit ForkJoin(const runoff::Parameters& parameters)
      : leaves_(std::uint32_t{1} << parameters.count("depth")) {}

  std::uint32_t root() const { return 1; }

  template <class Fork>
  std::uint64_t solve(std::uint32_t node, Fork& fork) const {
    if (node >= leaves_) return node;
    const auto [a, b] = fork(2 * node, 2 * node + 1);
    return a + b;
  }

  std::size_t tasks() const override { return 2 * std::size_t{leaves_} - 1; }

  std::vector<runoff::Price> prices() const override {
    return {{.name = "task forked and joined", .per = static_cast<double>(tasks())}};
  }

  const runoff::PythonForm* python() const override { return this; }
  void take_python(const runoff::PythonAnswer& root, runoff::Results results) const override {
    results.at<std::uint64_t>(0) = runoff::PythonValue(root).number<std::uint64_t>();
  }

  runoff::Check check(runoff::Results results) const override {
    const std::uint64_t n = leaves_;
    const std::uint64_t expected = n * (3 * n - 1) / 2;  // n + … + (2n - 1)
    const auto found = results.at<std::uint64_t>(0);
    if (found == expected) return runoff::Check::ok();
    return runoff::Check::wrong("the leaves' numbers sum up to " + std::to_string(expected) + ", not " +
                                std::to_string(found));
  }

 private:
  std::uint32_t leaves_;
};

}  // namespace

RUNOFF_WORKLOAD(
    ForkJoin,
    {
        .name = "fork-join",
        .summary = "a binary tree of empty tasks: what forking one and waiting for it costs",
        .bound = runoff::Bound::runtime,
        .source = "EPCC OpenMP micro-benchmarks (Bull et al., IWOMP'12): task trees; oracle: Gauss's sum",
        .checked_at = {"depth=0,11"},
        .parameters = {runoff::Parameter::count("depth", 16, 0, 30, "of the tree: 2^(depth + 1) - 1 tasks")},
    })
