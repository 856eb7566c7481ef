#include "runoff/plugin.h"

namespace {

/// The reference: every task, one after the other, in the thread that asks.
class Serial final : public runoff::Backend {
 public:
  explicit Serial(const runoff::Settings&) {}

  void start(const runoff::Workload&, runoff::Results, runoff::Host&) override {}

  void execute(const runoff::Independent& workload, runoff::Results results) override {
    if (workload.tasks() > 0) workload.run({0, workload.tasks()}, results);
  }

  void execute(const runoff::Dependent& workload, runoff::Results results) override {
    for (std::size_t step = 0; step < workload.steps(); ++step)
      for (std::size_t point = 0; point < workload.width(step); ++point) workload.run(step, point, results);
  }

  void execute(const runoff::Recursive& workload, runoff::Results results) override {
    workload.solve(results);
  }
};

}  // namespace

RUNOFF_BACKEND(Serial, {
                           .name = "serial",
                           .summary = "one worker, one task after the other: the reference",
                           .source = "a plain loop",
                           .runtime = "none",
                           .most_workers = 1,
                       })
