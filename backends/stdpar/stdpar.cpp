#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/version.h>

#include <algorithm>
#include <execution>
#include <latch>
#include <new>
#include <numeric>
#include <string>
#include <vector>

#include "runoff/scheduling/first_error.h"
#include "runoff/plugin.h"

#ifndef _PSTL_PAR_BACKEND_TBB
#error "this standard library runs std::execution::par on one thread"
#endif

namespace {

namespace tbb = oneapi::tbb;

/// std::for_each over an array of task numbers: libstdc++ runs it in parallel over iterators of real arrays,
/// but quietly on one thread over counting iterators such as std::views::iota's, which are no C++17 random
/// access iterators.
class StdPar final : public runoff::Backend {
 public:
  explicit StdPar(const runoff::Settings& settings)
      : workers_(settings.workers),
        limit_(tbb::global_control::max_allowed_parallelism, workers_),
        scheduler_(tbb::attach{}),
        arena_(static_cast<int>(workers_)) {}

  // In this order, with the limit still in force: see oneTBB issue 396.
  ~StdPar() override {
    arena_.terminate();
    tbb::finalize(scheduler_, std::nothrow);
  }

  /// The standard has no word for the number of workers; the arena that the algorithm runs in sets it. Its
  /// threads are made here, by tasks that wait for each other, rather than in the first execution.
  void start(const runoff::Workload& workload, runoff::Results, runoff::Host&) override {
    tasks_.resize(most_at_once(workload));
    std::iota(tasks_.begin(), tasks_.end(), std::size_t{0});
    arena_.initialize();
    std::latch all(static_cast<std::ptrdiff_t>(workers_));
    arena_.execute([&] {
      tbb::parallel_for(
          std::size_t{0}, workers_, [&](std::size_t) { all.arrive_and_wait(); }, tbb::simple_partitioner());
    });
  }

  void execute(const runoff::Independent& workload, runoff::Results results) override {
    runoff::FirstError error;  // what leaves an element of a parallel algorithm ends the process
    arena_.execute([&] {
      for_each(workload.tasks(), [&](std::size_t task) {
        error.guard([&] { workload.run({task, task + 1}, results); });
      });
    });
    error.rethrow();
  }

  /// An algorithm for each step.
  void execute(const runoff::Dependent& workload, runoff::Results results) override {
    runoff::FirstError error;
    arena_.execute([&] {
      for (std::size_t step = 0; step < workload.steps(); ++step)
        for_each(workload.width(step),
                 [&](std::size_t point) { error.guard([&] { workload.run(step, point, results); }); });
    });
    error.rethrow();
  }

  void execute(const runoff::Recursive&, runoff::Results) override {
    throw runoff::Unsupported("parallel algorithms have no fork-join, and need not run nested in parallel");
  }

 private:
  static std::size_t most_at_once(const runoff::Workload& workload) {
    if (workload.shape() == runoff::Shape::independent) return workload.tasks();
    if (workload.shape() == runoff::Shape::recursive) return 0;
    const auto& graph = static_cast<const runoff::Dependent&>(workload);
    std::size_t widest = 0;
    for (std::size_t step = 0; step < graph.steps(); ++step) widest = std::max(widest, graph.width(step));
    return widest;
  }

  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    const auto end = tasks_.begin() + static_cast<std::ptrdiff_t>(tasks);
    std::for_each(std::execution::par, tasks_.begin(), end, body);
  }

  std::size_t workers_;
  std::vector<std::size_t> tasks_;
  tbb::global_control limit_;
  tbb::task_scheduler_handle scheduler_;
  tbb::task_arena arena_;
};

}  // namespace

RUNOFF_BACKEND(StdPar, {
                           .name = "stdpar",
                           .summary = "C++17 parallel algorithms: for_each with std::execution::par",
                           .source = "ISO C++17 [algorithms.parallel]; the GNU C++ Library Manual, "
                                     "Parallel Algorithms (needs oneTBB)",
                           .runtime = "libstdc++ " + std::to_string(_GLIBCXX_RELEASE) + " over oneTBB " +
                                      TBB_runtime_version(),
                       })
