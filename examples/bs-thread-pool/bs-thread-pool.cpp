#include <BS_thread_pool.hpp>
#include <optional>
#include <string>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"

namespace {

using namespace runoff;

/// detach_loop, in as many blocks as there are threads, and wait.
class BsThreadPool final : public Backend {
 public:
  explicit BsThreadPool(const Settings& settings) : workers_(settings.workers), blocks_(settings.workers) {
    if (settings.variant.has("blocks")) blocks_ *= static_cast<std::size_t>(settings.variant.count("blocks"));
  }

  Execution start(const Independent& loop, Results results, Host&) override {
    pool_.emplace(workers_);
    return [this, &loop, results] {
      for_each(loop.tasks(), [&](std::size_t task) { loop.run({task, task + 1}, results); });
    };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    pool_.emplace(workers_);
    return [this, &graph, results] {
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for_each(graph.width(step), [&](std::size_t point) { graph.run(step, point, results); });
    };
  }

  Execution start(const Recursive&, Results, Host&) override {
    throw Unsupported("this pool has no fork-join: a function that waits for others keeps a thread");
  }

 private:
  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    ThreadFailure failure;  // nothing may leave a detached function
    pool_->detach_loop(
        std::size_t{0}, tasks, [&](std::size_t task) { failure.guard([&] { body(task); }); }, blocks_);
    pool_->wait();
    failure.rethrow();
  }

  std::size_t workers_, blocks_;
  std::optional<BS::light_thread_pool> pool_;
};

}  // namespace

RUNOFF_BACKEND(BsThreadPool,
               {
                   .name = "bs-thread-pool",
                   .summary = "BS::thread_pool: detach_loop and wait",
                   .source = "https://github.com/bshoshany/thread-pool: Parallelizing loops",
                   .runtime = "BS::thread_pool 5",
                   .options = {Parameter::optional_count("blocks", 1, 1000,
                                                         "blocks of a loop for each thread, else 1")},
                   .only_by_name = true,
                   .origins = {{.text = "BS::thread_pool: github.com/bshoshany/thread-pool"}},
               })
