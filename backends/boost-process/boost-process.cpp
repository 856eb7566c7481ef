#include <boost/version.hpp>
#include <optional>

#include "crew.h"
#include "follower.h"
#include "runoff/scheduling/lanes.h"
#include "runoff/plugin.h"
#include "subtrees.h"

namespace {

using namespace runoff;

/// Worker processes that are spawned, not forked: each makes the workload again over the shared memory. The
/// leader runs no task; it commands, takes the answers and watches over the workers.
class BoostProcess final : public Backend {
 public:
  explicit BoostProcess(const Settings& settings)
      : workers_(settings.workers), in_place_(settings.variant.text("results") == "shared") {}

  void start(const Workload& workload, Results results, Host& host) override {
    counter_ = &host.memory().object<ChunkCounter>();
    if (workload.shape() == Shape::dependent)
      lanes_.emplace(static_cast<const Dependent&>(workload), results, host.memory(), workers_,
                     Scope::processes);
    if (workload.shape() == Shape::recursive)
      subtrees_.emplace(static_cast<const Recursive&>(workload), results, host.memory(), workers_);
    if (host.follower_arguments().empty())
      crew_.emplace(host, workers_);
    else
      make_follower(workload, results, boost_process::Inheritance::parse(host.follower_arguments()));
  }

  bool follow() override {
    if (follower_) follower_->serve();
    return follower_.has_value();
  }

  void execute(const Independent&, Results results) override {
    counter_->reset();
    crew_->execute(results);
  }

  /// From point to point, through shared memory.
  void execute(const Dependent&, Results results) override {
    counter_->reset();
    lanes_->reset();
    crew_->execute(results);
  }

  /// Each worker cuts the recursion into the same subtrees and takes one after the other.
  void execute(const Recursive&, Results results) override {
    subtrees_->reset();
    crew_->execute(results);
  }

  Seen seen_elsewhere() override { return {.bytes_copied = crew_->take_bytes_copied()}; }

 private:
  void make_follower(const Workload& workload, Results results, boost_process::Inheritance inheritance) {
    if (subtrees_)
      follower_.emplace(inheritance, *subtrees_, *counter_, workers_);
    else if (lanes_)
      follower_.emplace(inheritance, *lanes_, *counter_, workers_);
    else
      follower_.emplace(inheritance, static_cast<const Independent&>(workload), results, *counter_, workers_,
                        in_place_);
  }

  unsigned workers_;
  bool in_place_;
  ChunkCounter* counter_ = nullptr;
  std::optional<Lanes> lanes_;
  std::optional<boost_process::Subtrees> subtrees_;
  std::optional<boost_process::Crew> crew_;
  std::optional<boost_process::Follower> follower_;
};

}  // namespace

RUNOFF_BACKEND(BoostProcess,
               {
                   .name = "boost-process",
                   .summary = "spawned worker processes, commanded through pipes",
                   .source = "Boost.Process, Tutorial and Extensions: "
                             "https://www.boost.org/doc/libs/1_81_0/doc/html/process.html",
                   .runtime = "Boost.Process " BOOST_LIB_VERSION,
                   .options = {Parameter::choice("results", {"shared", "pipe"},
                                                 "how results reach the leader: written in place in shared "
                                                 "memory, or copied through a pipe")
                                   .only_for(Shape::independent)},
               })
