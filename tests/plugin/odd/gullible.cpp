#include <cstdint>

#include "runoff/workload_plugin.h"

namespace {

using namespace runoff;

/// Believes whatever it finds.
struct Gullible final : Independent {
  explicit Gullible(const Parameters&) {}
  std::size_t tasks() const override { return 10; }
  ResultLayout result() const override { return result_of<std::uint64_t>(); }
  void run(Range range, Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task)
      results.at<std::uint64_t>(task) = 7 * task;
  }
  Check check(Results) const override { return Check::ok(); }
};

}  // namespace

RUNOFF_WORKLOAD(Gullible,
                {.name = "gullible", .summary = "believes all", .bound = Bound::cpu, .source = "nothing"})
