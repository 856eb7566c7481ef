#include "openmp.h"

#include <omp.h>

#include <vector>

#include "require_threads.h"
#include "runoff/scheduling/thread_failure.h"
#include "runoff/task_groups.h"

namespace {

using namespace runoff;

omp_sched_t kind_of(const std::string& schedule) {
  if (schedule == "static") return omp_sched_static;
  if (schedule == "guided") return omp_sched_guided;
  return omp_sched_dynamic;
}

/// A task for each job, and `taskwait`. The first is a task too, as `taskwait` waits for all children of a
/// task: in the forking task itself it would wait for its brothers whenever it forks.
class Tasks final : public TaskGroups {
 public:
  void fork(Jobs& jobs, std::size_t count) override {
    for (std::size_t job = 1; job < count; ++job) {
#pragma omp task default(none) shared(jobs) firstprivate(job)
      jobs(job);
    }
#pragma omp task default(none) shared(jobs) if (0)
    jobs(0);
#pragma omp taskwait
  }
};

void run_loop(const Independent& loop, Results results, int workers) {
  ThreadFailure failure;
  const auto tasks = static_cast<std::ptrdiff_t>(loop.tasks());
#pragma omp parallel for num_threads(workers) schedule(runtime)
  for (std::ptrdiff_t task = 0; task < tasks; ++task) {
    const auto first = static_cast<std::size_t>(task);
    failure.guard([&] { loop.run({first, first + 1}, results); });
  }
  failure.rethrow();
}

void run_steps(const Dependent& graph, Results results, int workers) {
  ThreadFailure failure;
#pragma omp parallel num_threads(workers)
  for (std::size_t step = 0; step < graph.steps(); ++step) {
    const auto width = static_cast<std::ptrdiff_t>(graph.width(step));
#pragma omp for schedule(static)
    for (std::ptrdiff_t point = 0; point < width; ++point)
      failure.guard([&] { graph.run(step, static_cast<std::size_t>(point), results); });
  }
  failure.rethrow();
}

void run_tasks(const Dependent& graph, Results results, int workers) {
  ThreadFailure failure;
#pragma omp parallel num_threads(workers)
#pragma omp single
  {
    std::vector<const std::byte*> inputs;
    for (std::size_t step = 0; step < graph.steps(); ++step)
      for (std::size_t point = 0; point < graph.width(step); ++point) {
        inputs.clear();
        for (const Interval& interval : graph.dependencies(step, point))
          for (std::size_t input = interval.first; input <= interval.last; ++input)
            inputs.push_back(results.bytes(graph.slot(step - 1, input)).data());
        // A slot's first byte stands for the slot. Lists of any length need an iterator (OpenMP 5.0).
        const std::byte* const* needed = inputs.data();
        const std::size_t count = inputs.size();
        const std::byte* out = results.bytes(graph.slot(step, point)).data();
#pragma omp task depend(iterator(std::size_t i = 0                                           \
                                 : count),                                                   \
                        in                                                                   \
                        : *needed[i]) depend(out                                             \
                                             : *out) default(none) firstprivate(step, point) \
    shared(graph, results, failure)
        failure.guard([&] { graph.run(step, point, results); });
      }
  }
  failure.rethrow();
}

void run_recursion(const Recursive& recursion, Results results, int workers) {
  ThreadFailure failure;
  Tasks tasks;
#pragma omp parallel num_threads(workers)
#pragma omp single
  failure.guard([&] { recursion.solve(tasks, results); });
  failure.rethrow();
}

}  // namespace

OpenMp::OpenMp(const Settings& settings)
    : workers_(static_cast<int>(settings.workers)),
      schedule_(settings.variant.text("schedule")),
      chunk_(settings.variant.has("chunk") ? static_cast<int>(settings.variant.count("chunk")) : 0),
      depend_(settings.variant.text("graph") == "depend") {
  require_waiting(settings.variant);
}

OpenMp::~OpenMp() { omp_pause_resource_all(omp_pause_hard); }

void OpenMp::make_threads() {
  omp_set_schedule(kind_of(schedule_), chunk_);  // a chunk of 0 is the schedule's own
  require_threads(workers_);
}

Execution OpenMp::start(const Independent& loop, Results results, Host&) {
  make_threads();
  return [&loop, results, workers = workers_] { run_loop(loop, results, workers); };
}

Execution OpenMp::start(const Dependent& graph, Results results, Host&) {
  make_threads();
  if (depend_) return [&graph, results, workers = workers_] { run_tasks(graph, results, workers); };
  return [&graph, results, workers = workers_] { run_steps(graph, results, workers); };
}

Execution OpenMp::start(const Recursive& recursion, Results results, Host&) {
  make_threads();
  return [&recursion, results, workers = workers_] { run_recursion(recursion, results, workers); };
}
