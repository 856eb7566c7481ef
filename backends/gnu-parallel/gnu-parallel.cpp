#include <omp.h>

#include <numeric>
#include <parallel/algorithm>
#include <string>
#include <vector>

#include "require_threads.h"
#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"

namespace {

using namespace runoff;

/// __gnu_parallel::for_each over an array of task numbers: libstdc++'s parallel mode, which runs on libgomp.
class GnuParallel final : public Backend {
 public:
  explicit GnuParallel(const Settings& settings)
      : workers_(static_cast<int>(settings.workers)), schedule_(settings.variant.text("schedule")) {}

  ~GnuParallel() override { omp_pause_resource_all(omp_pause_hard); }

  Execution start(const Independent& loop, Results results, Host&) override {
    make_threads(loop.tasks());
    return [this, &loop, results] {
      ThreadFailure failure;  // what leaves an element of a parallel region ends the process
      for_each(loop.tasks(), [&](std::size_t task) {
        failure.guard([&] { loop.run({task, task + 1}, results); });
      });
      failure.rethrow();
    };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    std::size_t widest = 0;
    for (std::size_t step = 0; step < graph.steps(); ++step) widest = std::max(widest, graph.width(step));
    make_threads(widest);
    return [this, &graph, results] {
      ThreadFailure failure;
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for_each(graph.width(step),
                 [&](std::size_t point) { failure.guard([&] { graph.run(step, point, results); }); });
      failure.rethrow();
    };
  }

  Execution start(const Recursive&, Results, Host&) override {
    throw Unsupported("parallel algorithms have no fork-join");
  }

 private:
  void make_threads(std::size_t tasks) {
    numbers_.resize(tasks);
    std::iota(numbers_.begin(), numbers_.end(), std::size_t{0});
    // By itself it runs loops of fewer than 1000 elements on one thread, and hands out 100 at a time.
    __gnu_parallel::_Settings settings;
    settings.algorithm_strategy = __gnu_parallel::force_parallel;
    settings.workstealing_chunk_size = 1;
    __gnu_parallel::_Settings::set(settings);
    omp_set_num_threads(workers_);
    omp_set_schedule(omp_sched_dynamic, 0);
    require_threads(workers_);
  }

  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    const auto first = numbers_.begin(), last = first + static_cast<std::ptrdiff_t>(tasks);
    if (tasks == 0) return;
    if (schedule_ == "equal")
      __gnu_parallel::for_each(first, last, body, __gnu_parallel::parallel_unbalanced);
    else if (schedule_ == "loop")
      __gnu_parallel::for_each(first, last, body, __gnu_parallel::parallel_omp_loop);
    else
      __gnu_parallel::for_each(first, last, body, __gnu_parallel::parallel_balanced);
  }

  int workers_;
  std::string schedule_;
  std::vector<std::size_t> numbers_;
};

}  // namespace

// Waiting is as in the other modules of OpenMP: about 1 ms of spinning, then sleep.
RUNOFF_BACKEND(
    GnuParallel,
    {
        .name = "gnu-parallel",
        .summary = "libstdc++'s parallel mode: __gnu_parallel::for_each",
        .source = "The GNU C++ Library Manual, Parallel Mode: Tuning (algorithm strategy, _Parallelism)",
        .runtime = "libstdc++ " + std::to_string(_GLIBCXX_RELEASE) + " over GNU libgomp",
        .options = {Parameter::choice("schedule", {"steal", "equal", "loop"},
                                      "parts that idle threads steal from, equal parts, or OpenMP's loop "
                                      "with a schedule of dynamic")},
        .environment = {{"OMP_DYNAMIC", "false"},
                        {"OMP_PROC_BIND", "false"},
                        {"OMP_MAX_ACTIVE_LEVELS", "1"},
                        {"GOMP_SPINCOUNT", "40000"}},
        .only_by_name = true,
        .origins = {{.text = "GCC: parallel/algorithm, -fopenmp"}},
    })
