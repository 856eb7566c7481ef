#include <optional>
#include <string>
#include <taskflow/algorithm/for_each.hpp>
#include <taskflow/taskflow.hpp>
#include <vector>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"
#include "runoff/task_groups.h"

namespace {

using namespace runoff;

/// A task group of the executor's for each fork, on whose worker this runs.
class Groups final : public TaskGroups {
 public:
  explicit Groups(tf::Executor& executor) : executor_(executor) {}

  void fork(Jobs& jobs, std::size_t count) override {
    tf::TaskGroup group = executor_.task_group();
    for (std::size_t job = 1; job < count; ++job) group.silent_async([&jobs, job] { jobs(job); });
    jobs(0);
    group.corun();
  }

 private:
  tf::Executor& executor_;
};

/// A taskflow that is made once and run for each execution: a loop, or a graph as it is.
class Taskflow final : public Backend {
 public:
  explicit Taskflow(const Settings& settings) : workers_(settings.workers) {}

  Execution start(const Independent& loop, Results results, Host&) override {
    executor_.emplace(workers_);
    flow_.for_each_index(std::size_t{0}, loop.tasks(), std::size_t{1},
                         [this, &loop, results](std::size_t task) {
                           failure_.guard([&] { loop.run({task, task + 1}, results); });
                         });
    return [this] { run(); };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    executor_.emplace(workers_);
    std::vector<tf::Task> before, now;
    for (std::size_t step = 0; step < graph.steps(); ++step, before.swap(now)) {
      now.clear();
      for (std::size_t point = 0; point < graph.width(step); ++point) {
        now.push_back(flow_.emplace([this, &graph, results, step, point] {
          failure_.guard([&] { graph.run(step, point, results); });
        }));
        for (const Interval& needs : graph.dependencies(step, point))
          for (std::size_t need = needs.first; need <= needs.last; ++need) before[need].precede(now.back());
      }
    }
    return [this] { run(); };
  }

  Execution start(const Recursive& recursion, Results results, Host&) override {
    executor_.emplace(workers_);
    return [this, &recursion, results] {
      Groups groups(*executor_);
      executor_->async([&] { failure_.guard([&] { recursion.solve(groups, results); }); }).wait();
      failure_.rethrow();
    };
  }

 private:
  void run() {
    executor_->run(flow_).wait();
    failure_.rethrow();
  }

  std::size_t workers_;
  ThreadFailure failure_;
  tf::Taskflow flow_;
  std::optional<tf::Executor> executor_;  // ends before what it runs
};

}  // namespace

RUNOFF_BACKEND(Taskflow,
               {
                   .name = "taskflow",
                   .summary = "Taskflow: for_each_index, a taskflow of the graph, task groups",
                   .source = "https://taskflow.github.io/taskflow: Parallel Iterations, Static Tasking, "
                             "Task Group",
                   .runtime = std::string("Taskflow ") + tf::version(),
                   .only_by_name = true,
                   .origins = {{.text = "Taskflow: github.com/taskflow/taskflow"}},
               })
