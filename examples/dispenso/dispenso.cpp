#include <dispenso/parallel_for.h>
#include <dispenso/task_set.h>
#include <dispenso/thread_pool.h>

#include <optional>
#include <string>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"
#include "runoff/task_groups.h"

namespace {

using namespace runoff;

/// A task set for each fork.
class TaskSets final : public TaskGroups {
 public:
  explicit TaskSets(dispenso::ThreadPool& pool) : pool_(pool) {}

  void fork(Jobs& jobs, std::size_t count) override {
    dispenso::TaskSet tasks(pool_);
    for (std::size_t job = 1; job < count; ++job) tasks.schedule([&jobs, job] { jobs(job); });
    jobs(0);
    tasks.wait();
  }

 private:
  dispenso::ThreadPool& pool_;
};

/// parallel_for, in which the calling thread takes part: the pool has one thread less than there are workers.
class Dispenso final : public Backend {
 public:
  explicit Dispenso(const Settings& settings)
      : others_(settings.workers - 1), automatic_(settings.variant.text("chunks") == "auto") {}

  Execution start(const Independent& loop, Results results, Host&) override {
    pool_.emplace(others_);
    return [this, &loop, results] {
      for_each(loop.tasks(), [&](std::size_t task) { loop.run({task, task + 1}, results); });
    };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    pool_.emplace(others_);
    return [this, &graph, results] {
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for_each(graph.width(step), [&](std::size_t point) { graph.run(step, point, results); });
    };
  }

  Execution start(const Recursive& recursion, Results results, Host&) override {
    pool_.emplace(others_);
    return [this, &recursion, results] {
      TaskSets sets(*pool_);
      recursion.solve(sets, results);
    };
  }

 private:
  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    ThreadFailure failure;
    dispenso::TaskSet set(*pool_);
    dispenso::ParForOptions options;
    options.defaultChunking =
        automatic_ ? dispenso::ParForChunking::kAdaptive : dispenso::ParForChunking::kStatic;
    dispenso::parallel_for(
        set, std::size_t{0}, tasks, [&](std::size_t task) { failure.guard([&] { body(task); }); }, options);
    failure.rethrow();
  }

  std::size_t others_;
  bool automatic_;
  std::optional<dispenso::ThreadPool> pool_;
};

}  // namespace

RUNOFF_BACKEND(Dispenso,
               {
                   .name = "dispenso",
                   .summary = "dispenso: parallel_for, and a task set for each fork",
                   .source = "https://github.com/facebookincubator/dispenso: parallel_for.h, task_set.h",
                   .runtime = "dispenso",
                   .options = {Parameter::choice("chunks", {"auto", "static"},
                                                 "as threads ask, or in equal parts")
                                   .only_for(Shape::independent)},
                   .only_by_name = true,
                   .origins = {{.text = "dispenso: github.com/facebookincubator/dispenso"}},
               })
