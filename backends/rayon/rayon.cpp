#include <cstddef>
#include <latch>
#include <memory>
#include <stdexcept>
#include <string>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"
#include "runoff/task_groups.h"

// rayon.rs
extern "C" {
struct RayonPool;
using RayonTask = void (*)(void* data, std::size_t number);
RayonPool* runoff_rayon_pool(std::size_t threads);
void runoff_rayon_end(RayonPool* pool);
void runoff_rayon_for_each(const RayonPool* pool, std::size_t tasks, RayonTask task, void* data);
void runoff_rayon_join(std::size_t first, std::size_t last, RayonTask task, void* data);
const char* runoff_rayon_version();
}

namespace {

using namespace runoff;

/// A fork is a join of the jobs.
class Joins final : public TaskGroups {
 public:
  void fork(Jobs& jobs, std::size_t count) override {
    runoff_rayon_join(
        0, count, [](void* data, std::size_t job) { (*static_cast<Jobs*>(data))(job); }, &jobs);
  }
};

/// Rust's Rayon: the scheduling is its own, a task the same machine code as everywhere.
class Rayon final : public Backend {
 public:
  explicit Rayon(const Settings& settings) : workers_(settings.workers) {}

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

  Execution start(const Recursive& recursion, Results results, Host&) override {
    make_threads();
    return [this, &recursion, results] {
      Joins joins;
      for_each(1, [&](std::size_t) { recursion.solve(joins, results); });
    };
  }

 private:
  struct End {
    void operator()(RayonPool* pool) const { runoff_rayon_end(pool); }
  };

  void make_threads() {
    pool_.reset(runoff_rayon_pool(workers_));
    if (!pool_) throw std::runtime_error("Rayon cannot start " + std::to_string(workers_) + " workers");
  }

  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    struct Call {
      const Body& body;
      ThreadFailure failure;  // no exception may cross Rust's frames
    } call{body, {}};
    runoff_rayon_for_each(
        pool_.get(), tasks,
        [](void* data, std::size_t task) {
          Call& here = *static_cast<Call*>(data);
          here.failure.guard([&] { here.body(task); });
        },
        &call);
    call.failure.rethrow();
  }

  std::size_t workers_;
  std::unique_ptr<RayonPool, End> pool_;
};

}  // namespace

RUNOFF_BACKEND(
    Rayon, {
               .name = "rayon",
               .summary = "Rust's Rayon: a parallel iterator over task numbers, and join",
               .source = "https://docs.rs/rayon/1.6.1/rayon: ParallelIterator::for_each, join, ThreadPool",
               .runtime = runoff_rayon_version(),
               .only_by_name = true,
               .origins = {{.text = "Rayon: librust-rayon-dev rustc; or cargo add rayon"}},
           })
