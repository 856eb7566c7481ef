#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/version.h>
#include <thrust/system/tbb/execution_policy.h>

#include <latch>
#include <new>

#include "thrust.h"

namespace {

namespace onetbb = oneapi::tbb;

/// oneTBB's parallel_for, in an arena with one slot for each worker.
class TbbSystem {
 public:
  explicit TbbSystem(std::size_t workers)
      : workers_(workers),
        limit_(onetbb::global_control::max_allowed_parallelism, workers),
        scheduler_(onetbb::attach{}),
        arena_(static_cast<int>(workers)) {}

  // In this order, with the limit still in force: see oneTBB issue 396.
  ~TbbSystem() {
    arena_.terminate();
    onetbb::finalize(scheduler_, std::nothrow);
  }

  /// By tasks that wait for each other, rather than in the first execution.
  void make_threads() {
    arena_.initialize();
    std::latch all(static_cast<std::ptrdiff_t>(workers_));
    arena_.execute([&] {
      onetbb::parallel_for(
          std::size_t{0}, workers_, [&](std::size_t) { all.arrive_and_wait(); },
          onetbb::simple_partitioner());
    });
  }

  static auto policy() { return thrust::tbb::par; }
  template <class Function>
  void execute(const Function& function) {
    arena_.execute(function);
  }

 private:
  std::size_t workers_;
  onetbb::global_control limit_;
  onetbb::task_scheduler_handle scheduler_;
  onetbb::task_arena arena_;
};

}  // namespace

RUNOFF_BACKEND(Thrust<TbbSystem>, {
                                      .name = "thrust-tbb",
                                      .summary = "Thrust's for_each_n on oneTBB",
                                      .source = "Thrust, Execution Policies: thrust::tbb::par",
                                      .runtime = thrust_version() + " over oneTBB " + TBB_runtime_version(),
                                      .only_by_name = true,
                                      .origins = {{.text = "Thrust: libthrust-dev; oneTBB: libtbb-dev"}},
                                  })
