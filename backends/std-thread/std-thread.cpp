#include <memory>
#include <string>
#include <utility>

#include "async.h"
#include "crew.h"
#include "pool.h"
#include "queue.h"
#include "runoff/backend_plugin.h"
#include "runoff/graph_lanes.h"
#include "runoff/recursion/recursion_loop.h"
#include "spawn.h"
#include "steps.h"

namespace {

using namespace runoff;

/// C++'s own threads.
class StdThread final : public Backend {
 public:
  explicit StdThread(const Settings& settings)
      : workers_(settings.workers),
        mode_(settings.variant.text("mode")),
        barrier_(settings.variant.text("graph") == "barrier") {}

  Execution start(const Independent& loop, Results results, Host&) override {
    const auto crew = make_crew([&loop, results](Range tasks) { loop.run(tasks, results); });
    return [crew, &loop] { crew->execute(loop.tasks()); };
  }

  Execution start(const Dependent& graph, Results results, Host& host) override {
    if (barrier_) return on_all_workers(std::make_shared<Steps>(graph, results, workers_));
    return on_all_workers(
        std::make_shared<GraphLanes>(graph, results, host.memory(), workers_, Scope::threads));
  }

  Execution start(const Recursive& recursion, Results results, Host& host) override {
    const auto stacks = std::make_shared<JobStacks>(host.memory(), workers_, recursion.job());
    const auto crew = make_crew(recursion_loop(recursion, *stacks, results));
    return [stacks, crew, workers = workers_] {
      stacks->begin();
      crew->execute(workers);
    };
  }

 private:
  /// A loop with a task for each worker: its part in the whole graph.
  template <class Form>
  Execution on_all_workers(std::shared_ptr<Form> form) const {
    const auto crew = make_crew([form](Range workers) { form->run(workers.first); });
    return [form, crew, workers = workers_] {
      form->reset();
      crew->execute(workers);
    };
  }

  std::shared_ptr<Crew> make_crew(Crew::Body body) const {
    if (mode_ == "spawn") return std::make_shared<Spawn>(workers_, std::move(body));
    if (mode_ == "queue") return std::make_shared<Queue>(workers_, std::move(body));
    if (mode_ == "async") return std::make_shared<Async>(workers_, std::move(body));
    return std::make_shared<Pool>(workers_, std::move(body));
  }

  unsigned workers_;
  std::string mode_;
  bool barrier_;
};

}  // namespace

RUNOFF_BACKEND(
    StdThread,
    {
        .name = "std-thread",
        .summary = "C++ threads: a pool of our own, the textbook's pool, fresh threads, or std::async",
        .source = "ISO C++20 [thread.thread.class], [futures.async], [thread.barrier]; the pool: "
                  "runoff/scheduling/team.h",
        .runtime = "libstdc++ " + std::to_string(_GLIBCXX_RELEASE),
        .options = {Parameter::choice("mode", {"pool", "queue", "spawn", "async"},
                                      "threads that stay; the same with a queue of functions and a future "
                                      "for each task; fresh ones "
                                      "for every execution, or std::async for every execution"),
                    Parameter::choice(
                        "graph", {"point-to-point", "barrier"},
                        "a task waits for its own inputs, or a std::barrier lies between two steps")
                        .only_for(Shape::dependent)},
        .origins = {{.variant = "mode=pool", .text = "runoff's own pool: runoff/scheduling/team.h"},
                    {.text = "the C++ standard library"}},
        .most_workers = Team::most_workers,
    })
