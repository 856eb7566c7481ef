#include "runoff/backend_plugin.h"

namespace {

/// Runs the second step of a graph before the first, in its third execution and in no other.
struct Disorderly final : runoff::Backend {
  runoff::Execution start(const runoff::Dependent& graph, runoff::Results results, runoff::Host&) override {
    return [&graph, results, executions = 0]() mutable {
      const bool swapped = ++executions == 3 && graph.steps() > 1;
      for (std::size_t i = 0; i < graph.steps(); ++i) {
        const std::size_t step = swapped && i < 2 ? 1 - i : i;
        for (std::size_t point = 0; point < graph.width(step); ++point) graph.run(step, point, results);
      }
    };
  }
};

}  // namespace

RUNOFF_BACKEND(Disorderly, {.name = "disorderly",
                            .summary = "runs a task before its inputs, once",
                            .source = "the contract tests"})
