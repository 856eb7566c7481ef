#include <boost/version.hpp>
#include <memory>
#include <optional>

#include "crew.h"
#include "follower.h"
#include "loop_share.h"
#include "runoff/backend_plugin.h"
#include "runoff/graph_lanes.h"
#include "runoff/memory.h"
#include "runoff/scheduling/chunks.h"
#include "subtrees.h"

namespace {

using namespace runoff;
using namespace runoff::boost_process;

/// Worker processes that are spawned, not forked: each makes the workload again over the shared memory. The
/// leader runs no task; it commands, takes the answers and watches over the workers.
class BoostProcess final : public Backend {
 public:
  explicit BoostProcess(const Settings& settings)
      : workers_(settings.workers),
        in_place_(settings.variant.text("results") == "shared"),
        start_(settings.variant.has("start") && settings.variant.text("start") == "vfork" ? Start::vfork
                                                                                          : Start::fork) {}

  Execution start(const Independent& loop, Results results, Host& host) override {
    auto& chunks = host.memory().object<ChunkCounter>();
    const auto share = [&] {
      return [part = std::make_shared<LoopShare>(loop, results, chunks, workers_, in_place_)](int answers) {
        part->work(answers);
      };
    };
    return take_part(
        host, results, [&chunks] { chunks.reset(); }, share);
  }

  /// From point to point, through shared memory. Each worker begins with a lane of its own.
  Execution start(const Dependent& graph, Results results, Host& host) override {
    auto& homes = host.memory().object<ChunkCounter>();
    const auto lanes =
        std::make_shared<GraphLanes>(graph, results, host.memory(), workers_, Scope::processes);
    const auto reset = [&homes, lanes] {
      homes.reset();
      lanes->reset();
    };
    const auto share = [&] {
      return [&homes, lanes, workers = workers_](int) { lanes->run(homes.take(workers, workers).first); };
    };
    return take_part(host, results, reset, share);
  }

  /// Each worker cuts the recursion into the same subtrees and takes one after the other.
  Execution start(const Recursive& recursion, Results results, Host& host) override {
    const auto subtrees = std::make_shared<Subtrees>(recursion, results, host.memory(), workers_);
    return take_part(
        host, results, [subtrees] { subtrees->reset(); },
        [&] { return [subtrees](int) { subtrees->work(); }; });
  }

  bool follow() override {
    if (follower_) follower_->serve();
    return follower_.has_value();
  }

  Seen seen_elsewhere() override { return {.bytes_copied = crew_->take_bytes_copied()}; }

 private:
  /// As the leader, whose executions begin with `reset`, or as a follower, which does the share of each that
  /// `make_share` returns.
  template <class Reset, class MakeShare>
  Execution take_part(Host& host, Results results, Reset reset, MakeShare make_share) {
    if (!host.follower_arguments().empty()) {
      follower_.emplace(Inheritance::parse(host.follower_arguments()), make_share());
      return {};
    }
    crew_.emplace(host, workers_, start_);
    return [this, results, reset] {
      reset();
      crew_->execute(results);
    };
  }

  unsigned workers_;
  bool in_place_;
  Start start_;
  std::optional<Crew> crew_;
  std::optional<Follower> follower_;
};

}  // namespace

RUNOFF_BACKEND(
    BoostProcess,
    {
        .name = "boost-process",
        .summary = "spawned worker processes, commanded through pipes",
        .source = "Boost.Process, Tutorial and Extensions: "
                  "https://www.boost.org/doc/libs/1_81_0/doc/html/process.html",
        .runtime = "Boost.Process " BOOST_LIB_VERSION,
        .options = {Parameter::choice("results", {"shared", "pipe"},
                                      "how results reach the leader: written in place in shared "
                                      "memory, or copied through a pipe")
                        .only_for(Shape::independent),
                    Parameter::optional_choice(
                        "start", {"fork", "vfork"},
                        "how workers are made: Boost forks where it is not told otherwise, and its "
                        "use_vfork copies nothing of this process")},
        .origins = {{.text = "Boost: libboost-filesystem-dev"}},
    })
