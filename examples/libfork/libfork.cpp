#include <libfork.hpp>
#include <optional>
#include <ranges>
#include <string>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"

namespace {

using namespace runoff;

/// for_each, which forks halves of the tasks, on a pool whose idle threads sleep.
class Libfork final : public Backend {
 public:
  explicit Libfork(const Settings& settings) : workers_(settings.workers) {}

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
    throw Unsupported(
        "libfork's tasks are coroutines, and the tasks of a recursion here are plain functions");
  }

 private:
  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    ThreadFailure failure;
    const auto guarded = [&](std::size_t task) { failure.guard([&] { body(task); }); };
    const auto numbers = std::views::iota(std::size_t{0}, tasks);
    lf::sync_wait(*pool_, lf::for_each, numbers.begin(), numbers.end(), guarded);
    failure.rethrow();
  }

  std::size_t workers_;
  std::optional<lf::lazy_pool> pool_;
};

}  // namespace

RUNOFF_BACKEND(Libfork,
               {
                   .name = "libfork",
                   .summary = "libfork: for_each by forked coroutines on its lazy_pool",
                   .source = "https://github.com/ConorWilliams/libfork: README, lf::for_each, lf::lazy_pool",
                   .runtime = "libfork",
                   .only_by_name = true,
                   .origins = {{.text = "libfork: github.com/ConorWilliams/libfork"}},
               })
