#pragma once

#include <thrust/for_each.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/version.h>

#include <string>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"

/// thrust::for_each_n over counted tasks: what a layer over a runtime costs. `System` makes the threads of
/// that runtime, has the policy that names it, and runs what is to use them.
template <class System>
class Thrust final : public runoff::Backend {
 public:
  explicit Thrust(const runoff::Settings& settings) : system_(settings.workers) {}

  runoff::Execution start(const runoff::Independent& loop, runoff::Results results, runoff::Host&) override {
    system_.make_threads();
    return [this, &loop, results] {
      for_each(loop.tasks(), [&](std::size_t task) { loop.run({task, task + 1}, results); });
    };
  }

  runoff::Execution start(const runoff::Dependent& graph, runoff::Results results, runoff::Host&) override {
    system_.make_threads();
    return [this, &graph, results] {
      for (std::size_t step = 0; step < graph.steps(); ++step)
        for_each(graph.width(step), [&](std::size_t point) { graph.run(step, point, results); });
    };
  }

  runoff::Execution start(const runoff::Recursive&, runoff::Results, runoff::Host&) override {
    throw runoff::Unsupported("parallel algorithms have no fork-join");
  }

 private:
  template <class Body>
  void for_each(std::size_t tasks, const Body& body) {
    runoff::ThreadFailure failure;
    const auto guarded = [&](std::size_t task) { failure.guard([&] { body(task); }); };
    system_.execute([&] {
      thrust::for_each_n(system_.policy(), thrust::counting_iterator<std::size_t>(0), tasks, guarded);
    });
    failure.rethrow();
  }

  System system_;
};

inline std::string thrust_version() {
  return "Thrust " + std::to_string(THRUST_MAJOR_VERSION) + "." + std::to_string(THRUST_MINOR_VERSION) + "." +
         std::to_string(THRUST_SUBMINOR_VERSION);
}
