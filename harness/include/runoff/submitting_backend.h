#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "runoff/backend.h"
#include "runoff/graph_steps.h"
#include "runoff/scheduling/chunk_loop.h"
#include "runoff/scheduling/submit_all.h"

namespace runoff {

/// A backend of any pool that takes functions and gives no way to wait for some of them inside another:
/// loops, and graphs step by step. The pool's threads are the workers; the calling thread submits and waits.
/// `Pool` is made from their number, and its `submit(callable)` has one of them call the callable once.
template <class Pool>
class SubmittingBackend : public Backend {
 public:
  explicit SubmittingBackend(const Settings& settings)
      : workers_(settings.workers), for_workers_(settings.variant.text("post") == "worker") {}

  Execution start(const Independent& loop, Results results, Host&) override {
    pool_.emplace(workers_);
    return [this, &loop, results] { for_each(loop.tasks(), [&](Range tasks) { loop.run(tasks, results); }); };
  }

  Execution start(const Dependent& graph, Results results, Host&) override {
    pool_.emplace(workers_);
    return [this, &graph, results] {
      run_in_steps(graph, results, [&](std::size_t points, const auto& body) { for_each(points, body); });
    };
  }

  Execution start(const Recursive&, Results, Host&) override {
    throw Unsupported("this pool has no fork-join: a function that waits for others keeps a thread");
  }

  /// The option that it reads.
  static Parameter option() {
    return Parameter::choice(
        "post", {"task", "worker"},
        "a function for each task, or one for each worker, which takes chunks until none is left");
  }

 private:
  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    const auto submit = [this](auto function) { pool_->submit(std::move(function)); };
    if (for_workers_) {
      loop_.begin(tasks, workers_);
      submit_all(std::min(tasks, workers_), submit, [&](std::size_t) { loop_.work(body); });
      loop_.end();
    } else {
      submit_all(tasks, submit, [&](std::size_t task) { body(Range{task, task + 1}); });
    }
  }

  std::size_t workers_;
  bool for_workers_;
  ChunkLoop loop_;
  std::optional<Pool> pool_;
};

}  // namespace runoff
