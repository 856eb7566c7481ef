#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "crew.h"
#include "pool.h"
#include "runoff/scheduling/lanes.h"
#include "runoff/plugin.h"
#include "runoff/recursion/recursion_loop.h"
#include "spawn.h"

namespace {

/// Processes of the same program, with one or more threads each, that share the harness's memory.
class Fork final : public runoff::Backend {
 public:
  explicit Fork(const runoff::Settings& settings)
      : workers_(settings.workers),
        split_{workers_, settings.variant.has("threads")
                             ? static_cast<unsigned>(settings.variant.count("threads"))
                             : 1},
        mode_(settings.variant.text("mode")) {}

  void start(const runoff::Workload& workload, runoff::Results results, runoff::Host& host) override {
    if (workload.shape() == runoff::Shape::independent) {
      const auto& loop = static_cast<const runoff::Independent&>(workload);
      crew_ = make_crew([&loop, results](runoff::Range range) { loop.run(range, results); }, host.memory());
    }
    if (workload.shape() == runoff::Shape::dependent) {
      const auto& graph = static_cast<const runoff::Dependent&>(workload);
      lanes_.emplace(graph, results, host.memory(), workers_, runoff::Scope::processes);
      crew_ = make_crew([this](runoff::Range range) { lanes_->run(range.first); }, host.memory());
      // Only here, in the leading process: the others cannot tell what became of their siblings.
      lanes_->watch([this] { crew_->check(); });
    }
    if (workload.shape() == runoff::Shape::recursive) {
      const auto& recursion = static_cast<const runoff::Recursive&>(workload);
      stacks_.emplace(host.memory(), workers_, recursion.job());
      crew_ = make_crew(runoff::recursion_loop(recursion, *stacks_, results), host.memory());
      // Only here, in the leading process: the others cannot tell what became of their siblings. And by its
      // leading thread: that is a worker of the recursion, and when it looks it tells all others.
      stacks_->watch([this, leader = std::this_thread::get_id()] {
        if (std::this_thread::get_id() == leader) crew_->check();
      });
    }
  }

  void execute(const runoff::Independent& workload, runoff::Results) override {
    crew_->execute(workload.tasks());
  }

  void execute(const runoff::Dependent&, runoff::Results) override {
    lanes_->reset();
    crew_->execute(workers_);
  }

  void execute(const runoff::Recursive&, runoff::Results) override {
    stacks_->begin();
    crew_->execute(workers_);
  }

 private:
  std::unique_ptr<Crew> make_crew(Crew::Body body, runoff::Memory& memory) const {
    if (mode_ == "spawn") return std::make_unique<Spawn>(split_, std::move(body), memory);
    return std::make_unique<Pool>(split_, std::move(body), memory);
  }

  unsigned workers_;
  Split split_;
  std::string mode_;
  std::optional<runoff::Lanes> lanes_;
  std::optional<runoff::JobStacks> stacks_;
  std::unique_ptr<Crew> crew_;
};

}  // namespace

RUNOFF_BACKEND(
    Fork, {
              .name = "fork",
              .summary = "forked processes over shared memory: a pool of our own, or fresh ones",
              .source = "POSIX.1-2017 fork(), pidfd_open(2), futex(2); the pool: runoff/team.h",
              .runtime = "glibc " + std::to_string(__GLIBC__) + "." + std::to_string(__GLIBC_MINOR__),
              .options = {runoff::Parameter::choice("mode", {"pool", "spawn"},
                                                    "processes that stay, or fresh ones for every execution"),
                          runoff::Parameter::optional_count(
                              "threads", 1, runoff::Team::most_workers,
                              "workers that share a process, as its threads: 1 where it is not given")},
              .most_workers = runoff::Team::most_workers,
          })
