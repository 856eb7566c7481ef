#include "runoff/memory.h"
#include "runoff/workload_plugin.h"

namespace {

/// Cannot be made a second time over the same memory, as a spawned worker would.
class Stubborn final : public runoff::Independent {
 public:
  explicit Stubborn(const runoff::Parameters&) {}
  std::size_t tasks() const override { return 10; }
  runoff::ResultLayout result() const override { return runoff::result_of<int>(); }
  void layout(runoff::Memory& memory) override {
    if (memory.attached()) throw runoff::InvalidParameter("not in this process");
  }
  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) results.at<int>(task) = 1;
  }
  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }
};

}  // namespace

RUNOFF_WORKLOAD(Stubborn, {.name = "stubborn",
                           .summary = "cannot be made by a spawned worker",
                           .bound = runoff::Bound::runtime,
                           .source = "the tests of worker processes"})
