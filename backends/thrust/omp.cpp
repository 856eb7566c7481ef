#include <omp.h>
#include <thrust/system/omp/execution_policy.h>

#include "require_threads.h"
#include "thrust.h"

namespace {

/// An OpenMP loop in equal parts.
class OmpSystem {
 public:
  explicit OmpSystem(unsigned workers) : workers_(static_cast<int>(workers)) {}
  ~OmpSystem() { omp_pause_resource_all(omp_pause_hard); }

  void make_threads() const {
    omp_set_num_threads(workers_);
    runoff::require_threads(workers_);
  }

  static auto policy() { return thrust::omp::par; }
  template <class Function>
  static void execute(const Function& function) {
    function();
  }

 private:
  int workers_;
};

}  // namespace

// Waiting is as in the other modules of OpenMP: about 1 ms of spinning, then sleep.
RUNOFF_BACKEND(Thrust<OmpSystem>, {
                                      .name = "thrust-omp",
                                      .summary = "Thrust's for_each_n on OpenMP by GNU's libgomp",
                                      .source = "Thrust, Execution Policies: thrust::omp::par",
                                      .runtime = thrust_version() + " over GNU libgomp",
                                      .environment = {{"OMP_DYNAMIC", "false"},
                                                      {"OMP_PROC_BIND", "false"},
                                                      {"OMP_MAX_ACTIVE_LEVELS", "1"},
                                                      {"GOMP_SPINCOUNT", "40000"}},
                                      .only_by_name = true,
                                      .origins = {{.text = "Thrust: libthrust-dev; GCC: -fopenmp"}},
                                  })
