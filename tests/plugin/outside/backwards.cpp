#include "runoff/plugin.h"

namespace {

/// One task after the other, the last one first.
class Backwards final : public runoff::Backend {
 public:
  explicit Backwards(const runoff::Settings&) {}
  void start(const runoff::Workload&, runoff::Results, runoff::Host&) override {}
  void execute(const runoff::Independent& workload, runoff::Results results) override {
    for (std::size_t task = workload.tasks(); task-- > 0;) workload.run({task, task + 1}, results);
  }
};

}  // namespace

RUNOFF_BACKEND(Backwards, {
                              .name = "backwards",
                              .summary = "the last task first",
                              .source = "a plain loop",
                              .runtime = "none",
                              .most_workers = 1,
                          })
