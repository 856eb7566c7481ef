#include "runoff/backend_plugin.h"

namespace {

using namespace runoff;

/// The reference: every task, one after the other, in the thread that asks.
struct Serial final : Backend {
  Execution start(const Independent& loop, Results results, Host&) override {
    return [&loop, results] {
      if (loop.tasks() > 0) loop.run({0, loop.tasks()}, results);
    };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    return [&graph, results] {
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for (std::size_t point = 0; point < graph.width(step); ++point) graph.run(step, point, results);
    };
  }

  Execution start(const Recursive& recursion, Results results, Host&) override {
    return [&recursion, results] { recursion.solve(results); };
  }
};

}  // namespace

RUNOFF_BACKEND(Serial, {.name = "serial",
                        .summary = "one worker, one task after the other: the reference",
                        .source = "a plain loop",
                        .runtime = "none",
                        .origins = {{.text = "a plain loop"}},
                        .most_workers = 1})
