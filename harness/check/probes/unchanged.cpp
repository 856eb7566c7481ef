#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "runoff/backend_plugin.h"
#include "runoff/memory.h"

namespace {

using namespace runoff;

/// Runs every task as it should, and then looks whether the inputs are as they were.
struct Unchanged final : Backend {
  Execution start(const Independent& loop, Results results, Host& host) override {
    return watching(loop, results, host, [&loop, results] { loop.run({0, loop.tasks()}, results); });
  }
  Execution start(const Dependent& graph, Results results, Host& host) override {
    return watching(graph, results, host, [&graph, results] {
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for (std::size_t point = 0; point < graph.width(step); ++point) graph.run(step, point, results);
    });
  }
  Execution start(const Recursive& recursion, Results results, Host& host) override {
    return watching(recursion, results, host, [&recursion, results] { recursion.solve(results); });
  }

 private:
  template <class Work>
  static Execution watching(const Workload& workload, Results results, Host& host, Work work) {
    if (workload.writes_memory()) throw Unsupported("its tasks hand on what they write into the memory");
    // What the workload claimed lies before its results, and so does what the harness writes before it
    // begins.
    const auto claimed = host.memory().claimed();
    const auto inputs = claimed.first(static_cast<std::size_t>(results.all().data() - claimed.data()));
    return [inputs, work, before = std::vector<std::byte>()]() mutable {
      if (before.empty()) before.assign(inputs.begin(), inputs.end());
      work();
      const auto changed = std::mismatch(inputs.begin(), inputs.end(), before.begin()).first;
      if (changed != inputs.end())
        throw WrongInput("byte " + std::to_string(changed - inputs.begin()) +
                         " of the memory that the workload claimed is another one after an execution");
    };
  }
};

}  // namespace

RUNOFF_BACKEND(Unchanged, {
                              .name = "unchanged",
                              .summary = "looks whether tasks leave the inputs as they were",
                              .source = "runoff check",
                              // So inputs that workers would write are there before it is started.
                              .shares_memory = false,
                          })
