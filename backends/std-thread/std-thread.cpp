#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "async.h"
#include "crew.h"
#include "pool.h"
#include "runoff/scheduling/lanes.h"
#include "runoff/plugin.h"
#include "runoff/recursion/recursion_loop.h"
#include "spawn.h"
#include "steps.h"

namespace {

/// C++'s own threads.
class StdThread final : public runoff::Backend {
 public:
  explicit StdThread(const runoff::Settings& settings)
      : workers_(settings.workers),
        mode_(settings.variant.text("mode")),
        barrier_(settings.variant.text("graph") == "barrier") {}

  void start(const runoff::Workload& workload, runoff::Results results, runoff::Host& host) override {
    if (workload.shape() == runoff::Shape::independent) {
      const auto& loop = static_cast<const runoff::Independent&>(workload);
      crew_ = make_crew([&loop, results](runoff::Range range) { loop.run(range, results); });
    }
    if (workload.shape() == runoff::Shape::dependent) {
      const auto& graph = static_cast<const runoff::Dependent&>(workload);
      if (barrier_) {
        steps_.emplace(graph, results, workers_);
        crew_ = make_crew([this](runoff::Range range) { steps_->run(range.first); });
      } else {
        lanes_.emplace(graph, results, host.memory(), workers_, runoff::Scope::threads);
        crew_ = make_crew([this](runoff::Range range) { lanes_->run(range.first); });
      }
    }
    if (workload.shape() == runoff::Shape::recursive) {
      const auto& recursion = static_cast<const runoff::Recursive&>(workload);
      stacks_.emplace(host.memory(), workers_, recursion.job());
      crew_ = make_crew(runoff::recursion_loop(recursion, *stacks_, results));
    }
  }

  void execute(const runoff::Independent& workload, runoff::Results) override {
    crew_->execute(workload.tasks());
  }

  void execute(const runoff::Dependent&, runoff::Results) override {
    if (barrier_)
      steps_->reset();
    else
      lanes_->reset();
    crew_->execute(workers_);
  }

  void execute(const runoff::Recursive&, runoff::Results) override {
    stacks_->begin();
    crew_->execute(workers_);
  }

 private:
  std::unique_ptr<Crew> make_crew(Crew::Body body) const {
    if (mode_ == "spawn") return std::make_unique<Spawn>(workers_, std::move(body));
    if (mode_ == "async") return std::make_unique<Async>(workers_, std::move(body));
    return std::make_unique<Pool>(workers_, std::move(body));
  }

  unsigned workers_;
  std::string mode_;
  bool barrier_;
  std::optional<runoff::Lanes> lanes_;
  std::optional<Steps> steps_;
  std::optional<runoff::JobStacks> stacks_;
  std::unique_ptr<Crew> crew_;
};

}  // namespace

RUNOFF_BACKEND(
    StdThread,
    {
        .name = "std-thread",
        .summary = "C++ threads: a pool of our own, fresh threads, or std::async",
        .source =
            "ISO C++20 [thread.thread.class], [futures.async], [thread.barrier]; the pool: runoff/team.h",
        .runtime = "libstdc++ " + std::to_string(_GLIBCXX_RELEASE),
        .options =
            {runoff::Parameter::choice(
                 "mode", {"pool", "spawn", "async"},
                 "threads that stay, fresh ones for every execution, or std::async for every execution"),
             runoff::Parameter::choice(
                 "graph", {"point-to-point", "barrier"},
                 "a task waits for its own inputs, or a std::barrier lies between two steps")
                 .only_for(runoff::Shape::dependent)},
        .most_workers = runoff::Team::most_workers,
    })
