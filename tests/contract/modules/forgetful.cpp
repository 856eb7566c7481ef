#include "runoff/backend_plugin.h"

namespace {

/// Lies: runs as many tasks as there are, but its third execution begins anew where it should go on.
struct Forgetful final : runoff::Backend {
  runoff::Execution start(const runoff::Independent& loop, runoff::Results results, runoff::Host&) override {
    return [&loop, results, executions = 0]() mutable {
      const std::size_t tasks = loop.tasks(), rest = tasks - tasks / 2;
      loop.run({0, tasks / 2}, results);
      loop.run(++executions == 3 ? runoff::Range{0, rest} : runoff::Range{tasks / 2, tasks}, results);
    };
  }
};

}  // namespace

RUNOFF_BACKEND(Forgetful, {.name = "forgetful",
                           .summary = "runs half of the tasks twice, once",
                           .source = "the contract tests"})
