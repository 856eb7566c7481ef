#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/version.h>

#include <algorithm>
#include <execution>
#include <latch>
#include <new>
#include <string>
#include <vector>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"

#ifndef _PSTL_PAR_BACKEND_TBB
#error "this standard library runs std::execution::par on one thread"
#endif

namespace {

namespace tbb = oneapi::tbb;
using namespace runoff;

/// std::for_each over an array of task numbers: libstdc++ runs it in parallel over iterators of real arrays,
/// but quietly on one thread over counting iterators such as std::views::iota's, which are no C++17 random
/// access iterators.
class StdPar final : public Backend {
 public:
  explicit StdPar(const Settings& settings)
      : workers_(settings.workers),
        limit_(tbb::global_control::max_allowed_parallelism, workers_),
        scheduler_(tbb::attach{}),
        arena_(static_cast<int>(workers_)) {}

  // In this order, with the limit still in force: see oneTBB issue 396.
  ~StdPar() override {
    arena_.terminate();
    tbb::finalize(scheduler_, std::nothrow);
  }

  Execution start(const Independent& loop, Results results, Host&) override {
    make_threads();
    number_tasks(loop.tasks());
    return [this, &loop, results] {
      ThreadFailure failure;  // what leaves an element of a parallel algorithm ends the process
      arena_.execute([&] {
        for_each(loop.tasks(), [&](std::size_t task) {
          failure.guard([&] { loop.run({task, task + 1}, results); });
        });
      });
      failure.rethrow();
    };
  }

  /// An algorithm for each step.
  Execution start(const Dependent& graph, Results results, Host&) override {
    make_threads();
    for (std::size_t step = 0; step < graph.steps(); ++step) number_tasks(graph.width(step));
    return [this, &graph, results] {
      ThreadFailure failure;
      arena_.execute([&] {
        for (std::size_t step = 0; step < graph.steps(); ++step)
          for_each(graph.width(step),
                   [&](std::size_t point) { failure.guard([&] { graph.run(step, point, results); }); });
      });
      failure.rethrow();
    };
  }

  Execution start(const Recursive&, Results, Host&) override {
    throw Unsupported("parallel algorithms have no fork-join, and need not run nested in parallel");
  }

 private:
  /// The standard has no word for the number of workers; the arena that the algorithm runs in sets it. Its
  /// threads are made here, by tasks that wait for each other, rather than in the first execution.
  void make_threads() {
    arena_.initialize();
    std::latch all(static_cast<std::ptrdiff_t>(workers_));
    arena_.execute([&] {
      tbb::parallel_for(
          std::size_t{0}, workers_, [&](std::size_t) { all.arrive_and_wait(); }, tbb::simple_partitioner());
    });
  }

  /// For at least so many tasks at once.
  void number_tasks(std::size_t tasks) {
    while (tasks_.size() < tasks) tasks_.push_back(tasks_.size());
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
                           .origins = {{.text = "the C++ standard library, with libtbb-dev"}},
                       })
