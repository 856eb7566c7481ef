#include "runoff/plugin.h"

namespace {

/// Lies: runs as many tasks as there are, but its third execution begins anew where it should go on.
class Forgetful final : public runoff::Backend {
 public:
  explicit Forgetful(const runoff::Settings&) {}
  void start(const runoff::Workload&, runoff::Results, runoff::Host&) override {}
  void execute(const runoff::Independent& workload, runoff::Results results) override {
    const std::size_t tasks = workload.tasks(), rest = tasks - tasks / 2;
    workload.run({0, tasks / 2}, results);
    workload.run(++executions_ == 3 ? runoff::Range{0, rest} : runoff::Range{tasks / 2, tasks}, results);
  }

 private:
  int executions_ = 0;
};

}  // namespace

RUNOFF_BACKEND(Forgetful, {.name = "forgetful",
                           .summary = "runs half of the tasks twice, once",
                           .source = "the contract tests"})
