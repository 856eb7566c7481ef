#include <pthreadpool.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "creation_watch.h"
#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"

namespace {

using namespace runoff;

/// pthreadpool_parallelize_1d: equal parts, from whose ends threads that are ready take tasks. The calling
/// thread is one of them.
class PThreadPool final : public Backend {
 public:
  explicit PThreadPool(const Settings& settings) : workers_(settings.workers) {}

  Execution start(const Independent& loop, Results results, Host&) override {
    make_threads();
    return [this, &loop, results] {
      for_each(loop.tasks(), [&](std::size_t task) { loop.run({task, task + 1}, results); });
    };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    make_threads();
    return [this, &graph, results] {
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for_each(graph.width(step), [&](std::size_t point) { graph.run(step, point, results); });
    };
  }

 private:
  struct Destroy {
    void operator()(pthreadpool_t pool) const { pthreadpool_destroy(pool); }
  };

  void make_threads() {
    const CreationWatch watch(workers_);
    pool_.reset(pthreadpool_create(workers_));
    if (!pool_) throw std::runtime_error("cannot start " + std::to_string(workers_) + " workers");
  }

  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    struct Call {
      const Body& body;
      ThreadFailure failure;  // the library is C: no exception may cross it
    } call{body, {}};
    pthreadpool_parallelize_1d(
        pool_.get(),
        [](void* data, std::size_t task) {
          Call& here = *static_cast<Call*>(data);
          here.failure.guard([&] { here.body(task); });
        },
        &call, tasks, 0);
    call.failure.rethrow();
  }

  std::size_t workers_;
  std::unique_ptr<pthreadpool, Destroy> pool_;
};

}  // namespace

RUNOFF_BACKEND(PThreadPool, {
                                .name = "pthreadpool",
                                .summary = "pthreadpool_parallelize_1d: the loop under XNNPACK and PyTorch",
                                .source = "https://github.com/Maratyszcza/pthreadpool: pthreadpool.h",
                                .runtime = "pthreadpool",
                                .only_by_name = true,
                                .origins = {{.text = "pthreadpool: libpthreadpool-dev"}},
                            })
