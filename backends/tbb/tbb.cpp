#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>
#include <oneapi/tbb/version.h>

#include <latch>
#include <new>
#include <optional>
#include <string>

#include "counted.h"
#include "flow.h"
#include "pipeline.h"
#include "runoff/plugin.h"

namespace {

namespace tbb = oneapi::tbb;
using Tasks = tbb::blocked_range<std::size_t>;

/// A parallel_for over a blocked_range, or a task_group for each node of a recursion, in an arena with one
/// slot for each worker.
class Tbb final : public runoff::Backend {
 public:
  explicit Tbb(const runoff::Settings& settings)
      : workers_(settings.workers),
        partitioner_(settings.variant.text("partitioner")),
        graph_(settings.variant.text("graph")),
        limit_(tbb::global_control::max_allowed_parallelism, workers_),
        scheduler_(tbb::attach{}),
        arena_(static_cast<int>(workers_)) {}

  // The limit outlives the threads: on a single core nobody would be allowed to clear the arena without it,
  // and finalize would wait for ever (oneTBB issue 396).
  ~Tbb() override {
    flow_.reset();
    arena_.terminate();
    tbb::finalize(scheduler_, std::nothrow);
  }

  /// oneTBB makes a thread when work asks for it, with the affinity of the thread that asks. Tasks that wait
  /// for each other ask for all of them here, where nobody is placed on a core yet.
  void start(const runoff::Workload& workload, runoff::Results results, runoff::Host&) override {
    arena_.initialize();
    std::latch all(workers_);
    const auto meet = [&](const Tasks&) { all.arrive_and_wait(); };
    arena_.execute([&] { tbb::parallel_for(Tasks(0, workers_), meet, tbb::simple_partitioner()); });
    if (workload.shape() != runoff::Shape::dependent) return;
    const auto& graph = static_cast<const runoff::Dependent&>(workload);
    if (graph_ == "flow") flow_.emplace(graph, results, arena_);
    if (graph_ == "group") counted_.emplace(graph, results, arena_);
    if (graph_ == "pipeline") pipeline_.emplace(graph, results, arena_, workers_);
  }

  void execute(const runoff::Independent& workload, runoff::Results results) override {
    arena_.execute([&] {
      loop(workload.tasks(), [&](const Tasks& tasks) {
        workload.run({tasks.begin(), tasks.end()}, results);
      });
    });
  }

  void execute(const runoff::Dependent& workload, runoff::Results results) override {
    if (flow_) return flow_->execute();
    if (counted_) return counted_->execute();
    if (pipeline_) return pipeline_->execute();
    arena_.execute([&] {
      for (std::size_t step = 0; step < workload.steps(); ++step)
        tbb::parallel_for(
            Tasks(0, workload.width(step)),
            [&](const Tasks& points) {
              for (std::size_t point = points.begin(); point != points.end(); ++point)
                workload.run(step, point, results);
            },
            tbb::static_partitioner());
    });
  }

  void execute(const runoff::Recursive& workload, runoff::Results results) override {
    runoff::TaskGroupsOf<tbb::task_group> groups;
    arena_.execute([&] { workload.solve(groups, results); });
  }

 private:
  template <class Body>
  void loop(std::size_t tasks, const Body& body) {
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
  tbb::affinity_partitioner replayed_;  // remembers who ran what, so it lives as long as the executions
  // Threads beyond the cores, and none beyond the workers: before the scheduler, which reads it when it
  // begins.
  tbb::global_control limit_;
  tbb::task_scheduler_handle scheduler_;
  tbb::task_arena arena_;
  std::optional<Flow> flow_;
  std::optional<Counted> counted_;
  std::optional<Pipeline> pipeline_;
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
        .options = {runoff::Parameter::choice(
                        "partitioner", {"auto", "simple", "static", "affinity"},
                        "how the loop is cut: as workers ask, task by task, evenly, or like the last time")
                        .only_for(runoff::Shape::independent),
                    runoff::Parameter::choice(
                        "graph", {"barrier", "flow", "group", "pipeline"},
                        "a parallel_for in equal parts for each step, a flow graph of continue_nodes, or a "
                        "task_group whose tasks count their missing inputs, or a parallel_pipeline")
                        .only_for(runoff::Shape::dependent)},
    })
