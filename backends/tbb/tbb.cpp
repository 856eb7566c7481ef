#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>
#include <oneapi/tbb/version.h>

#include <latch>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "barrier.h"
#include "counted.h"
#include "flow.h"
#include "pipeline.h"
#include "runoff/backend_plugin.h"
#include "runoff/task_groups.h"

namespace {

namespace tbb = oneapi::tbb;
using namespace runoff;
using Tasks = tbb::blocked_range<std::size_t>;

/// A parallel_for over a blocked_range, or a task_group for each node of a recursion, in an arena with one
/// slot for each worker.
class Tbb final : public Backend {
 public:
  explicit Tbb(const Settings& settings)
      : workers_(settings.workers),
        partitioner_(settings.variant.text("partitioner")),
        graph_(settings.variant.text("graph")),
        limit_(tbb::global_control::max_allowed_parallelism, workers_),
        scheduler_(tbb::attach{}),
        arena_(static_cast<int>(workers_)) {}

  // The limit outlives the threads: on a single core none would be allowed to clear the arena without it, and
  // finalize would wait for ever (oneTBB issue 396).
  ~Tbb() override {
    arena_.terminate();
    tbb::finalize(scheduler_, std::nothrow);
  }

  Execution start(const Independent& loop, Results results, Host&) override {
    make_threads();
    return [this, &loop, results] {
      arena_.execute([&] {
        for_each(loop.tasks(), [&](const Tasks& tasks) { loop.run({tasks.begin(), tasks.end()}, results); });
      });
    };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    make_threads();
    if (graph_ == "flow") return make<Flow>(graph, results, arena_);
    if (graph_ == "group") return make<Counted>(graph, results, arena_);
    if (graph_ == "pipeline") return make<Pipeline>(graph, results, arena_, workers_);
    return make<Barrier>(graph, results, arena_);
  }

  Execution start(const Recursive& recursion, Results results, Host&) override {
    make_threads();
    return [this, &recursion, results] {
      TaskGroupsOf<tbb::task_group> groups;
      arena_.execute([&] { recursion.solve(groups, results); });
    };
  }

 private:
  /// oneTBB makes a thread when work asks for it, with the affinity of the thread that asks. Tasks that wait
  /// for each other ask for all of them here, where no thread is placed on a core yet.
  void make_threads() {
    arena_.initialize();
    std::latch all(static_cast<std::ptrdiff_t>(workers_));
    const auto meet = [&](const Tasks&) { all.arrive_and_wait(); };
    arena_.execute([&] { tbb::parallel_for(Tasks(0, workers_), meet, tbb::simple_partitioner()); });
  }

  template <class Form, class... Arguments>
  static Execution make(Arguments&&... arguments) {
    return [form = std::make_shared<Form>(std::forward<Arguments>(arguments)...)] { form->execute(); };
  }

  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    if (partitioner_ == "simple")
      tbb::parallel_for(Tasks(0, tasks), body, tbb::simple_partitioner());
    else if (partitioner_ == "static")
      tbb::parallel_for(Tasks(0, tasks), body, tbb::static_partitioner());
    else if (partitioner_ == "affinity")
      tbb::parallel_for(Tasks(0, tasks), body, replayed_);
    else
      tbb::parallel_for(Tasks(0, tasks), body, tbb::auto_partitioner());
  }

  std::size_t workers_;
  std::string partitioner_;
  std::string graph_;
  tbb::affinity_partitioner replayed_;  // remembers which thread ran what, so it outlives the executions
  // Threads beyond the cores, and none beyond the workers: before the scheduler, which reads it when it
  // begins.
  tbb::global_control limit_;
  tbb::task_scheduler_handle scheduler_;
  tbb::task_arena arena_;
};

}  // namespace

RUNOFF_BACKEND(
    Tbb,
    {
        .name = "tbb",
        .summary = "oneTBB: parallel_for over a blocked_range, task_group for recursion; graphs by either, "
                   "or as a flow graph",
        .source = "oneTBB Developer Guide: parallel_for; Partitioner Summary; task_group; Dependence Graph "
                  "(continue_node); Migrating from "
                  "tbb::task_scheduler_init (task_arena and global_control set the workers)",
        .runtime = std::string("oneTBB ") + TBB_runtime_version(),
        .options = {Parameter::choice(
                        "partitioner", {"auto", "simple", "static", "affinity"},
                        "how the loop is cut: as workers ask, task by task, evenly, or like the last time")
                        .only_for(Shape::independent),
                    Parameter::choice(
                        "graph", {"barrier", "flow", "group", "pipeline"},
                        "a parallel_for in equal parts for each step, a flow graph of continue_nodes, or a "
                        "task_group whose tasks count their missing inputs, or a parallel_pipeline")
                        .only_for(Shape::dependent)},
        .origins = {{.text = "oneTBB: libtbb-dev"}},
    })
