#include <cstddef>
#include <memory>
#include <system_error>

#include "runoff/backend_plugin.h"
#include "runoff/graph_steps.h"
#include "runoff/scheduling/start_thread.h"
#include "runoff/scheduling/thread_failure.h"
#include "runoff/task_groups.h"

// rayon.rs
extern "C" {
struct RayonPool;
using RayonTask = void (*)(void* data, std::size_t number);
RayonPool* runoff_rayon_pool(std::size_t threads, std::size_t stack, std::size_t* started, int* error);
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

// A worker that waits in a join runs what it steals on top of its stack, whatever that forks. Rust's 2 MiB
// are too few for a tree that is 1500 nodes deep. Only what is used of a stack takes memory.
constexpr std::size_t stack_of_recursion = std::size_t{256} << 20;

/// Rust's Rayon: the scheduling is its own, a task the same machine code as everywhere.
class Rayon final : public Backend {
 public:
  explicit Rayon(const Settings& settings) : workers_(settings.workers) {}

  Execution start(const Independent& loop, Results results, Host&) override {
    make_threads();
    return [this, &loop, results] { for_each(loop.tasks(), [&](Range tasks) { loop.run(tasks, results); }); };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    make_threads();
    return [this, &graph, results] {
      run_in_steps(graph, results, [&](std::size_t points, const auto& body) { for_each(points, body); });
    };
  }

  Execution start(const Recursive& recursion, Results results, Host&) override {
    make_threads(stack_of_recursion);
    return [this, &recursion, results] {
      Joins joins;
      for_each(1, [&](Range) { recursion.solve(joins, results); });
    };
  }

 private:
  struct End {
    void operator()(RayonPool* pool) const { runoff_rayon_end(pool); }
  };

  void make_threads(std::size_t stack = 0) {
    std::size_t started = 0;
    int error = 0;
    pool_.reset(runoff_rayon_pool(workers_, stack, &started, &error));
    if (!pool_) throw cannot_start_worker(started + 1, workers_, {error, std::system_category()});
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
          here.failure.guard([&] { here.body(Range{task, task + 1}); });
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
               .origins = {{.text = "Rayon: librust-rayon-dev cargo; or cargo add rayon"}},
           })
