#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "crew.h"
#include "pool.h"
#include "runoff/backend_plugin.h"
#include "runoff/graph_lanes.h"
#include "runoff/recursion/recursion_loop.h"
#include "spawn.h"

namespace {

using namespace runoff;

/// Processes of the same program, with one or more threads each, that share the harness's memory.
class Fork final : public Backend {
 public:
  explicit Fork(const Settings& settings)
      : workers_(settings.workers),
        split_{workers_, settings.variant.has("threads")
                             ? static_cast<unsigned>(settings.variant.count("threads"))
                             : 1},
        mode_(settings.variant.text("mode")) {}

  Execution start(const Independent& loop, Results results, Host& host) override {
    const auto crew = make_crew([&loop, results](Range tasks) { loop.run(tasks, results); }, host.memory());
    return [crew, &loop] { crew->execute(loop.tasks()); };
  }

  Execution start(const Dependent& graph, Results results, Host& host) override {
    const auto lanes =
        std::make_shared<GraphLanes>(graph, results, host.memory(), workers_, Scope::processes);
    const auto crew = make_crew([lanes](Range workers) { lanes->run(workers.first); }, host.memory());
    // Only here, in the leading process: the others cannot tell what became of their siblings.
    lanes->watch([crew = crew.get()] { crew->check(); });
    return [lanes, crew, workers = workers_] {
      lanes->reset();
      crew->execute(workers);
    };
  }

  Execution start(const Recursive& recursion, Results results, Host& host) override {
    const auto stacks = std::make_shared<JobStacks>(host.memory(), workers_, recursion.job());
    const auto crew = make_crew(recursion_loop(recursion, *stacks, results), host.memory());
    // Only here, in the leading process: the others cannot tell what became of their siblings. And by its
    // leading thread: that is a worker of the recursion, and when it looks it tells all others.
    stacks->watch([crew = crew.get(), leader = std::this_thread::get_id()] {
      if (std::this_thread::get_id() == leader) crew->check();
    });
    return [stacks, crew, workers = workers_] {
      stacks->begin();
      crew->execute(workers);
    };
  }

 private:
  std::shared_ptr<Crew> make_crew(Crew::Body body, Memory& memory) const {
    if (mode_ == "spawn") return std::make_shared<Spawn>(split_, std::move(body), memory);
    return std::make_shared<Pool>(split_, std::move(body), memory);
  }

  unsigned workers_;
  Split split_;
  std::string mode_;
};

}  // namespace

RUNOFF_BACKEND(
    Fork, {
              .name = "fork",
              .summary = "forked processes over shared memory: a pool of our own, or fresh ones",
              .source = "POSIX.1-2017 fork(), pidfd_open(2), futex(2); the pool: runoff/scheduling/team.h",
              .runtime = "glibc " + std::to_string(__GLIBC__) + "." + std::to_string(__GLIBC_MINOR__),
              .options = {Parameter::choice("mode", {"pool", "spawn"},
                                            "processes that stay, or fresh ones for every execution"),
                          Parameter::optional_count(
                              "threads", 1, Team::most_workers,
                              "workers that share a process, as its threads: 1 where it is not given")},
              .origins = {{.variant = "mode=pool",
                           .text = "fork(2) of POSIX; runoff's own pool: runoff/scheduling/team.h"},
                          {.text = "fork(2) of POSIX"}},
              .most_workers = Team::most_workers,
          })
