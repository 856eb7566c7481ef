#include "runoff/backend_plugin.h"

namespace {

/// One task after the other, the last one first.
struct Backwards final : runoff::Backend {
  runoff::Execution start(const runoff::Independent& loop, runoff::Results results, runoff::Host&) override {
    return [&loop, results] {
      for (std::size_t task = loop.tasks(); task-- > 0;) loop.run({task, task + 1}, results);
    };
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
