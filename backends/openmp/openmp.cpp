#include "openmp.h"

#include <omp.h>

#include <stdexcept>
#include <vector>

#include "runoff/scheduling/first_error.h"

namespace {

omp_sched_t kind_of(const std::string& schedule) {
  if (schedule == "static") return omp_sched_static;
  if (schedule == "guided") return omp_sched_guided;
  return omp_sched_dynamic;
}

/// A task for each job, and `taskwait`. The first is a task too, as `taskwait` waits for all children of a
/// task: in the forking task itself it would wait for its brothers whenever it forks.
class Tasks final : public runoff::TaskGroups {
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

}  // namespace

OpenMp::OpenMp(const runoff::Settings& settings)
    : workers_(static_cast<int>(settings.workers)),
      schedule_(settings.variant.text("schedule")),
      chunk_(settings.variant.has("chunk") ? static_cast<int>(settings.variant.count("chunk")) : 0),
      depend_(settings.variant.text("graph") == "depend") {}

OpenMp::~OpenMp() { omp_pause_resource_all(omp_pause_hard); }

void OpenMp::start(const runoff::Workload&, runoff::Results, runoff::Host&) {
  omp_set_dynamic(0);
  omp_set_schedule(kind_of(schedule_), chunk_);  // a chunk of 0 is the schedule's own
  int made = 0;
#pragma omp parallel num_threads(workers_)
#pragma omp master
  made = omp_get_num_threads();
  if (made != workers_)
    throw std::runtime_error("OpenMP made " + std::to_string(made) + " threads, not " +
                             std::to_string(workers_) + "; is OMP_THREAD_LIMIT set?");
}

void OpenMp::execute(const runoff::Independent& workload, runoff::Results results) {
  runoff::FirstError error;
  const auto tasks = static_cast<std::ptrdiff_t>(workload.tasks());
#pragma omp parallel for num_threads(workers_) schedule(runtime)
  for (std::ptrdiff_t task = 0; task < tasks; ++task) {
    const auto first = static_cast<std::size_t>(task);
    error.guard([&] { workload.run({first, first + 1}, results); });
  }
  error.rethrow();
}

void OpenMp::execute(const runoff::Dependent& workload, runoff::Results results) {
  if (depend_)
    execute_tasks(workload, results);
  else
    execute_steps(workload, results);
}

void OpenMp::execute_steps(const runoff::Dependent& workload, runoff::Results results) {
  runoff::FirstError error;
#pragma omp parallel num_threads(workers_)
  for (std::size_t step = 0; step < workload.steps(); ++step) {
    const auto width = static_cast<std::ptrdiff_t>(workload.width(step));
#pragma omp for schedule(static)
    for (std::ptrdiff_t point = 0; point < width; ++point)
      error.guard([&] { workload.run(step, static_cast<std::size_t>(point), results); });
  }
  error.rethrow();
}

void OpenMp::execute_tasks(const runoff::Dependent& workload, runoff::Results results) {
  runoff::FirstError error;
#pragma omp parallel num_threads(workers_)
#pragma omp single
  {
    std::vector<const std::byte*> inputs;
    for (std::size_t step = 0; step < workload.steps(); ++step)
      for (std::size_t point = 0; point < workload.width(step); ++point) {
        inputs.clear();
        for (const runoff::Interval& interval : workload.dependencies(step, point))
          for (std::size_t input = interval.first; input <= interval.last; ++input)
            inputs.push_back(results.bytes(workload.slot(step - 1, input)).data());
        // A slot's first byte stands for the slot. Lists of any length need an iterator (OpenMP 5.0).
        const std::byte* const* needed = inputs.data();
        const std::size_t count = inputs.size();
        const std::byte* out = results.bytes(workload.slot(step, point)).data();
#pragma omp task depend(iterator(std::size_t i = 0                                           \
                                 : count),                                                   \
                        in                                                                   \
                        : *needed[i]) depend(out                                             \
                                             : *out) default(none) firstprivate(step, point) \
    shared(workload, results, error)
        error.guard([&] { workload.run(step, point, results); });
      }
  }
  error.rethrow();
}

void OpenMp::execute(const runoff::Recursive& workload, runoff::Results results) {
  runoff::FirstError error;
  Tasks tasks;
#pragma omp parallel num_threads(workers_)
#pragma omp single
  error.guard([&] { workload.solve(tasks, results); });
  error.rethrow();
}
