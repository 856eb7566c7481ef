#include "runoff/backend_plugin.h"

namespace {

using namespace runoff;

/// Runs every task as it should, and then damages the result of one: only the workload's check can tell. Of a
/// graph it is one of the last step, as those before are of no use any more. `task=none` damages nothing.
class Damage final : public Backend {
 public:
  explicit Damage(const Settings& settings)
      : none_(settings.variant.text("task") == "none"), first_(settings.variant.text("task") == "first") {}

  Execution start(const Independent& loop, Results results, Host&) override {
    return [this, &loop, results] {
      loop.run({0, loop.tasks()}, results);
      damage(results,
             first_ ? 0 : loop.tasks() - 1);  // what comes behind the tasks' own slots is written by `finish`
    };
  }
  Execution start(const Dependent& graph, Results results, Host&) override {
    return [this, &graph, results] {
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for (std::size_t point = 0; point < graph.width(step); ++point) graph.run(step, point, results);
      const std::size_t last = graph.steps() - 1;
      damage(results, graph.slot(last, first_ ? 0 : graph.width(last) - 1));
    };
  }
  Execution start(const Recursive& recursion, Results results, Host&) override {
    return [this, &recursion, results] {
      recursion.solve(results);
      damage(results, 0);
    };
  }

 private:
  void damage(Results results, std::size_t slot) const {
    if (slot >= results.count() || results.size() == 0) throw Unsupported("its tasks leave no results");
    if (none_) return;
    for (std::byte& one : results.bytes(slot)) one = ~one;
  }

  bool none_, first_;
};

}  // namespace

RUNOFF_BACKEND(Damage, {
                           .name = "damage",
                           .summary = "damages the result of one task",
                           .source = "runoff check",
                           .options = {Parameter::choice("task", {"none", "first", "last"}, "which one")},
                       })
