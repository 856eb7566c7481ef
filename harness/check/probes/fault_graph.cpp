#include <signal.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>

#include "follower.h"
#include "runoff/memory.h"
#include "runoff/workload_plugin.h"

namespace {

/// A graph in which every point needs all points of the step before. In the middle one task throws (`throw`,
/// `wrong`), or every process but the first is killed (`kill`). With `stale` nothing happens, but the tasks
/// of the first step look for slots that hold the output of this execution before a task can have written
/// it.
class FaultGraph final : public runoff::Dependent {
 public:
  explicit FaultGraph(const runoff::Parameters& parameters) : kind_(parameters.text("kind")) {}

  std::size_t tasks() const override { return slots(); }
  std::size_t slots() const override { return steps() * width_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }
  void layout(runoff::Memory& memory) override { leader_ = &memory.object<pid_t>(); }
  void fill(const runoff::Memory&) override { *leader_ = ::getpid(); }
  runoff::Check check(runoff::Results results) const override {
    if (kind_ == "throw" || kind_ == "wrong") return runoff::Check::wrong("no task failed");
    for (std::size_t slot = 0; slot < slots(); ++slot)
      if (results.at<std::uint64_t>(slot) != results.at<std::uint64_t>(0))
        return runoff::Check::wrong("slot " + std::to_string(slot) + " was written in another execution");
    return runoff::Check::ok();
  }

  std::size_t steps() const override { return 40; }
  std::size_t width(std::size_t) const override { return width_; }
  std::size_t slot(std::size_t step, std::size_t point) const override { return step * width_ + point; }
  std::span<const runoff::Interval> dependencies(std::size_t step, std::size_t) const override {
    return step == 0 ? std::span<const runoff::Interval>{} : std::span(&all_, 1);
  }
  std::span<const runoff::Interval> dependents(std::size_t step, std::size_t) const override {
    return step + 1 == steps() ? std::span<const runoff::Interval>{} : std::span(&all_, 1);
  }

  void run(std::size_t step, std::size_t point, runoff::Results results) const override {
    std::uint64_t& own = results.at<std::uint64_t>(slot(step, point));
    if (kind_ == "kill") {
      // Long enough for every worker to get its share.
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (step >= 17 && is_follower(*leader_)) ::raise(SIGKILL);
    } else if (kind_ == "stale") {
      if (step == 0) find_stale(own + 1, results);
    } else {
      if (step > 17) throw std::runtime_error("a task ran behind the one that threw");
      if (step == 17 && point == 6) {
        if (kind_ == "wrong") throw runoff::WrongInput("point 6 of step 17 has a wrong input");
        throw std::runtime_error("point 6 of step 17 threw");
      }
    }
    ++own;
  }

 private:
  /// No task needs the slots of the last step.
  void find_stale(std::uint64_t output, runoff::Results results) const {
    for (std::size_t slot = width_; slot < slots() - width_; ++slot)
      if (results.at<std::uint64_t>(slot) == output)
        throw runoff::WrongInput("slot " + std::to_string(slot) +
                                 " looks as if its task had run before those that it needs");
  }

  static constexpr std::uint32_t width_ = 8;
  runoff::Interval all_{0, width_ - 1};
  std::string kind_;
  pid_t* leader_ = nullptr;
};

}  // namespace

RUNOFF_WORKLOAD(FaultGraph,
                {
                    .name = "fault-graph",
                    .summary = "a graph in which something goes wrong",
                    .bound = runoff::Bound::runtime,
                    .source = "the contract tests",
                    .parameters = {runoff::Parameter::choice("kind", {"throw", "wrong", "kill", "stale"},
                                                             "what")},
                })
